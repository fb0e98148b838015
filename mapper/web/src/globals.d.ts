declare module "*.css";
declare module "worker:*" {
  /** The bundled source text of a worker module. */
  const source: string;
  export default source;
}
