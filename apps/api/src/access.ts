/** Who acts where nobody signs in, and the exporter of a body that names none. */
export const anonymous = 'anonymous';
