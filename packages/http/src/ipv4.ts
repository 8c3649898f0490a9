/** Whether a text is an IPv4 address in its one canonical form: four decimal octets without leading zeros. */
export function isIpv4(text: string): boolean {
  const octets = text.length <= 15 ? text.split(".") : []
  return octets.length === 4 && octets.every(isOctet)
}

function isOctet(text: string): boolean {
  return /^(?:0|[1-9][0-9]{0,2})$/.test(text) && Number(text) <= 255
}
