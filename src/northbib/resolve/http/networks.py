"""Which addresses belong to the public internet, and may be asked."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

__all__ = ["NO_WEB_PORTS", "is_public"]

_NAT64 = ip_network("64:ff9b::/96")

# Not public, whatever `ipaddress` of some version of Python says: IPv4-compatible (RFC 4291,
# 2.5.5.1), local NAT64 (RFC 8215), site-local (RFC 3879), documentation (RFC 9637), segment
# routing (RFC 9602), relay of 6to4 (RFC 7526), protocol assignments (RFC 6890); and the address at
# which the machines of one provider ask for their secrets, which looks public
# (https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16).
_NOT_PUBLIC = tuple(
    ip_network(text)
    for text in (
        "::/96",
        "64:ff9b:1::/48",
        "fec0::/10",
        "3fff::/20",
        "5f00::/16",
        "192.88.99.0/24",
        "192.0.0.0/24",
        "168.63.129.16/32",
    )
)

# Ports of other protocols, which a web client leaves alone (WHATWG Fetch, "port blocking").
NO_WEB_PORTS = frozenset(
    {
        *(1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95),
        *(101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161),
        *(179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563),
        *(587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060),
        *(5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211),
    }
)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet.

    An IPv6 address that carries an IPv4 address is judged by the latter. Source: the IANA special-
    purpose address registries (RFC 6890), as `ipaddress` has them.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _NOT_PUBLIC)
