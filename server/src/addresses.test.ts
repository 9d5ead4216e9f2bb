import type { NetworkInterfaceInfo } from 'node:os'
import { describe, expect, it } from 'vitest'
import { type Interfaces, isLoopback, reachableHosts } from './addresses.ts'

const mac = '00:00:00:00:00:01'
const v4 = (address: string, internal = false): NetworkInterfaceInfo => {
  return { family: 'IPv4', address, netmask: '255.255.255.0', mac, internal, cidr: null }
}
const v6 = (address: string, internal = false): NetworkInterfaceInfo => {
  return { family: 'IPv6', address, netmask: 'ffff::', mac, internal, cidr: null, scopeid: 0 }
}
const LO = [v4('127.0.0.1', true), v6('::1', true)]
const network = (interfaces: Interfaces, name = 'laptop') => ({ interfaces: () => interfaces, hostname: () => name })

describe('isLoopback', () => {
  it.each([
    'localhost',
    'LOCALHOST',
    'localhost.',
    'quintet.localhost',
    'localhost.localdomain',
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '::1',
    '[::1]',
    '::',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
    '[::ffff:7f00:1]',
  ])('%s is', (host) => expect(isLoopback(host)).toBe(true))

  it.each([
    'quintet.example.org',
    'localhost.example.org',
    'notlocalhost',
    '192.168.1.7',
    '128.0.0.1',
    'fd00::1',
    '[2001:db8::1]',
    '::ffff:192.168.1.7',
    '1.127.0.0',
  ])('%s is not', (host) => expect(isLoopback(host)).toBe(false))
})

describe('reachableHosts', () => {
  it('names the network’s addresses, IPv4 first and those of containers last', () => {
    const interfaces = { docker0: [v4('172.17.0.1')], lo: LO, wlan0: [v6('fd00::7'), v4('192.168.1.7')] }
    expect(reachableHosts('::', network(interfaces))).toEqual(['192.168.1.7', '[fd00::7]', '172.17.0.1'])
  })

  it('names no IPv6 address where the server does not listen on it', () => {
    expect(reachableHosts('0.0.0.0', network({ wlan0: [v6('fd00::7'), v4('10.0.0.7')] }))).toEqual(['10.0.0.7'])
  })

  it('leaves out what a phone cannot open', () => {
    expect(reachableHosts('::', network({ lo: LO, en0: [v6('fe80::1'), v4('169.254.1.1')] }))).toEqual(['laptop'])
  })

  it('names the one address that the server is bound to', () => {
    expect(reachableHosts('10.0.0.7', network({ en0: [v4('192.168.1.7')] }))).toEqual(['10.0.0.7'])
    expect(reachableHosts('fd00::7', network({}))).toEqual(['[fd00::7]'])
  })

  it('never names loopback, not even for a machine without a network', () => {
    expect(reachableHosts('127.0.0.1', network({ lo: LO }, 'localhost'))).toEqual([])
    expect(reachableHosts('0.0.0.0', network({ lo: LO }, 'localhost.localdomain'))).toEqual([])
  })
})
