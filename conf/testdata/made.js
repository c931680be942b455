const make = () => ({ play() {} });
export default make();
