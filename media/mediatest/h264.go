package mediatest

import (
	"bytes"
	"encoding/binary"
	"math"
)

// The picture of every synthetic video: grey, in H.264 Baseline, level 3.
const (
	Width  = 320
	Height = 240

	macroblocks = Width / 16 * Height / 16
)

// NAL unit header bytes: reference importance and type (7.4.1).
const (
	nalSlice  = 0x41
	nalIDR    = 0x65
	nalSPS    = 0x67
	nalPPS    = 0x68
	nalFiller = 0x0c
)

// SPS returns the sequence parameter set (7.3.2.1.1) of the synthetic video.
// Pictures are decoded in the order in which they are shown.
func SPS() []byte {
	var w bitWriter
	w.u(8, 66)         // profile_idc: Baseline
	w.u(8, 0xc0)       // constraint_set0 and 1
	w.u(8, 30)         // level_idc
	w.ue(0)            // seq_parameter_set_id
	w.ue(0)            // log2_max_frame_num_minus4
	w.ue(2)            // pic_order_cnt_type
	w.ue(1)            // max_num_ref_frames
	w.u(1, 0)          // gaps_in_frame_num_value_allowed_flag
	w.ue(Width/16 - 1) // pic_width_in_mbs_minus1
	w.ue(Height/16 - 1)
	w.u(1, 1) // frame_mbs_only_flag
	w.u(1, 1) // direct_8x8_inference_flag
	w.u(1, 0) // frame_cropping_flag
	w.u(1, 0) // vui_parameters_present_flag
	return w.nal(nalSPS)
}

// PPS returns the picture parameter set (7.3.2.2) of the synthetic video.
func PPS() []byte {
	var w bitWriter
	w.ue(0)   // pic_parameter_set_id
	w.ue(0)   // seq_parameter_set_id
	w.u(1, 0) // entropy_coding_mode_flag: CAVLC
	w.u(1, 0) // bottom_field_pic_order_in_frame_present_flag
	w.ue(0)   // num_slice_groups_minus1
	w.ue(0)   // num_ref_idx_l0_default_active_minus1
	w.ue(0)   // num_ref_idx_l1_default_active_minus1
	w.u(1, 0) // weighted_pred_flag
	w.u(2, 0) // weighted_bipred_idc
	w.ue(0)   // pic_init_qp_minus26
	w.ue(0)   // pic_init_qs_minus26
	w.ue(0)   // chroma_qp_index_offset
	w.u(3, 0) // no deblocking control, no constrained intra, no redundant pictures
	return w.nal(nalPPS)
}

// idr returns a grey picture: each macroblock is predicted from nothing and has
// no residual.
func idr(id uint) []byte {
	var w bitWriter
	w.ue(0)      // first_mb_in_slice
	w.ue(7)      // slice_type: I
	w.ue(0)      // pic_parameter_set_id
	w.u(4, 0)    // frame_num
	w.ue(id & 1) // idr_pic_id differs from the one before
	w.u(2, 0)    // no_output_of_prior_pics_flag, long_term_reference_flag
	w.ue(0)      // slice_qp_delta
	for range macroblocks {
		w.ue(3)   // mb_type: I_16x16_2_0_0
		w.ue(0)   // intra_chroma_pred_mode: DC
		w.ue(0)   // mb_qp_delta
		w.u(1, 1) // coeff_token: none
	}
	return w.nal(nalIDR)
}

// repeated returns a picture like the one before it, the nth since the IDR.
func repeated(n uint) []byte {
	var w bitWriter
	w.ue(0)           // first_mb_in_slice
	w.ue(5)           // slice_type: P
	w.ue(0)           // pic_parameter_set_id
	w.u(4, n&15)      // frame_num
	w.u(3, 0)         // no override of references, no reordering, no marking
	w.ue(0)           // slice_qp_delta
	w.ue(macroblocks) // mb_skip_run
	return w.nal(nalSlice)
}

// filler returns a filler NAL unit (7.3.2.7) that decoders ignore, of size bytes,
// at least 2.
func filler(size int) []byte {
	b := append([]byte{nalFiller}, bytes.Repeat([]byte{0xff}, max(size, 2)-2)...)
	return append(b, 0x80)
}

// avcC returns the decoder configuration record (ISO/IEC 14496-15, 5.3.3.1).
func avcC() []byte {
	sps, pps := SPS(), PPS()
	b := append([]byte{1}, sps[1:4]...)
	b = append(b, 0xff, 0xe1) // lengths of four bytes, one SPS
	b = appendUint16(b, len(sps))
	b = append(b, sps...)
	b = append(b, 1)
	b = appendUint16(b, len(pps))
	return append(b, pps...)
}

func appendUint16(b []byte, n int) []byte {
	return binary.BigEndian.AppendUint16(b, uint16(min(n, math.MaxUint16))) //nolint:gosec // bounded
}

// appendNALU adds a NAL unit with its length of four bytes.
func appendNALU(b, nalu []byte) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(nalu))) //nolint:gosec // of our own making
	return append(b, nalu...)
}
