using System.Net;
using System.Net.Sockets;

namespace Workflow.Reliability.Faults;

/// <summary>Where a connection breaks, seen from the command that it brought.</summary>
internal enum CutPoint
{
    /// <summary>The server may still be at it.</summary>
    AfterRequest,

    /// <summary>The server has done it, and nothing of its answer arrives.</summary>
    BeforeAnswer,

    /// <summary>A part of the answer arrives.</summary>
    InAnswer,
}

/// <summary>Forwards TCP connections to a server, and breaks one when it is told to.</summary>
internal sealed class LossyProxy : IAsyncDisposable
{
    private const int None = -1;

    private readonly Uri server;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task accepting;
    private int armed = None;
    private int cuts;

    public LossyProxy(Uri server)
    {
        this.server = server;
        listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Commands whose answer was lost here.</summary>
    public int Cuts => Volatile.Read(ref cuts);

    /// <summary>The next command (POST) that gets to this point loses its connection.</summary>
    public void CutNext(CutPoint point) => Volatile.Write(ref armed, (int)point);

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        while (true)
            try
            {
                _ = RelayAsync(await listener.AcceptTcpClientAsync());
            }
            catch (Exception problem) when (problem is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, server.Port);
            var relay = new Relay(this, near.GetStream(), far.GetStream());
            await Task.WhenAny(relay.ForwardRequestsAsync(), relay.ForwardAnswersAsync());
        }
        catch (Exception problem) when (problem is SocketException or IOException or ObjectDisposedException)
        {
            // One end has gone; the other is closed with it.
        }
    }

    private bool TakeCut(CutPoint point)
    {
        if (Interlocked.CompareExchange(ref armed, None, (int)point) != (int)point) return false;
        Interlocked.Increment(ref cuts);
        return true;
    }

    /// <summary>One connection. Each direction ends where it is cut, and the connection with it.</summary>
    private sealed class Relay(LossyProxy proxy, NetworkStream near, NetworkStream far)
    {
        private volatile bool isCommand;

        public async Task ForwardRequestsAsync()
        {
            var buffer = new byte[64 * 1024];
            for (int read; (read = await near.ReadAsync(buffer)) > 0;)
            {
                if (buffer.AsSpan(0, read).StartsWith("POST "u8)) isCommand = true;
                else if (buffer.AsSpan(0, read).StartsWith("GET "u8)) isCommand = false;
                await far.WriteAsync(buffer.AsMemory(0, read));
                if (isCommand && proxy.TakeCut(CutPoint.AfterRequest)) return;
            }
        }

        public async Task ForwardAnswersAsync()
        {
            var buffer = new byte[64 * 1024];
            for (int read; (read = await far.ReadAsync(buffer)) > 0;)
            {
                if (isCommand && proxy.TakeCut(CutPoint.BeforeAnswer)) return;
                var isCut = isCommand && proxy.TakeCut(CutPoint.InAnswer);
                await near.WriteAsync(buffer.AsMemory(0, isCut ? read / 2 : read));
                if (isCut) return;
            }
        }
    }
}
