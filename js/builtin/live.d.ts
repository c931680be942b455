/** The streams and the sessions of the script's own vhost, as they are when they are asked for. */
declare const live: {
  /** The stream of that name, 'app/stream', if it has a publisher. */
  get(name: string): weir.Stream | null;
  /** The streams that have a publisher, by name. */
  streams(): weir.Stream[];
  /** The publishes and plays that were admitted. */
  clients(): weir.Client[];
  /** Ends the session of that id, or all that the filter is true of or whose properties it has; how many. */
  kick(whom: string | Partial<weir.Client> | ((client: weir.Client) => boolean), reason?: string): number;
};
