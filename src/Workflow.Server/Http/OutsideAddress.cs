using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Workflow.Server.Http;

/// <summary>A host may not be called.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message);

/// <summary>
/// Opens connections to allowed addresses only. The name is resolved here and the connection goes to the very address that was checked, so a name that
/// resolves to something else a moment later gains nothing.
/// </summary>
internal sealed class OutsideAddress(IOptions<HttpOptions> options)
{
    private static readonly IPNetwork[] Inside =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "224.0.0.0/4", "240.0.0.0/4", "::/127", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    public static bool IsInside(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Inside.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancel);
        var outside = addresses.Where(address => options.Value.AllowPrivateAddresses || !IsInside(address)).ToArray();
        if (outside.Length == 0 && addresses.Length > 0) throw new AddressRefusedException($"host '{host}': expected an address outside, found {addresses[0]}");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(outside, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
