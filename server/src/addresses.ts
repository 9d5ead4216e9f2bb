import { isIPv4, isIPv6 } from 'node:net'
import type { NetworkInterfaceInfo } from 'node:os'

/** What `os.networkInterfaces()` gives. */
export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

/** Where this machine is in its network; tests pass their own. */
export interface Network {
  interfaces(): Interfaces
  hostname(): string
}

/** Interfaces of containers and virtual machines: a phone in the room seldom reaches them, so they come last. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|cni|flannel|podman|lxc|lxd)/i

/**
 * Whether a host (as in a URL, brackets around IPv6 or not) reaches only the machine itself, or, like 0.0.0.0, no one
 * from elsewhere: loopback of RFC 1122 and RFC 4291, and the names of RFC 6761.
 */
export function isLoopback(host: string): boolean {
  const bare = host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase()
  if (bare === 'localhost' || bare.endsWith('.localhost') || /^localhost\d*\.localdomain\d*$/.test(bare)) return true
  if (isIPv4(bare)) return /^(127|0)\./.test(bare)
  if (!isIPv6(bare)) return false
  const canonical = new URL(`http://[${bare.replace(/%.*$/, '')}]`).hostname
  return canonical === '[::1]' || canonical === '[::]' || /^\[::ffff:(7f[0-9a-f]{2}|[0-9a-f]{1,2}):/.test(canonical)
}

/**
 * The hosts by which others in the network reach a server, the likeliest first: IPv4, then IPv6 (bracketed), then,
 * if there is none, the machine's name. Never a loopback address.
 * @param bound what the server listens on: the one address it is bound to, or a wildcard.
 */
export function reachableHosts(bound: string, network: Network): readonly string[] {
  if (!isWildcard(bound) && !isLoopback(bound)) return [inUrl(bound)]
  const found = Object.entries(network.interfaces()).flatMap(([name, infos]) =>
    (infos ?? []).filter(isOpenToOthers).map((info) => ({ info, late: VIRTUAL.test(name) })),
  )
  const only4 = bound === '0.0.0.0'
  const hosts = found
    .filter(({ info }) => !only4 || info.family === 'IPv4')
    .sort((a, b) => Number(a.late) - Number(b.late) || a.info.family.localeCompare(b.info.family))
    .map(({ info }) => inUrl(info.address))
  if (hosts.length > 0) return [...new Set(hosts)]
  const name = network.hostname()
  return isLoopback(name) ? [] : [inUrl(name)]
}

/** Whether a server bound to this host listens on every address of the machine. */
export function isWildcard(bound: string): boolean {
  return bound === '0.0.0.0' || bound === '::'
}

/** A host as it stands in a URL: IPv6 in brackets, without its zone. */
export function inUrl(host: string): string {
  return isIPv6(host) ? `[${host.replace(/%.*$/, '')}]` : host
}

/** Link-local addresses (RFC 3927, RFC 4291) need a zone or are a sign that there is no network. */
function isOpenToOthers(info: NetworkInterfaceInfo): boolean {
  if (info.internal || isLoopback(info.address)) return false
  return info.family === 'IPv4' ? !info.address.startsWith('169.254.') : !/^fe[89ab]/i.test(info.address)
}
