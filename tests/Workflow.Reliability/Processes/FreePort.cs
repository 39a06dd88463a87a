using System.Net;
using System.Net.Sockets;

namespace Workflow.Reliability.Processes;

/// <summary>
/// Ports for servers that are killed and started again on the same one. They lie below those that the
/// kernel gives to outgoing connections (32768 and up on Linux): a client's connection took the port of
/// a server that was down for a moment, and the server could not start any more.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000, Count = 12_000;
    private static int last = Environment.ProcessId % Count;

    public static int Next()
    {
        for (var tried = 0; tried < Count; tried++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref last) % Count);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
            }
        }
        throw new InvalidOperationException($"no port from {First} to {First + Count - 1} is free");
    }
}
