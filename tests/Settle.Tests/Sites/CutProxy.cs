using System.Net;
using System.Net.Sockets;

namespace Settle.Tests.Sites;

/// <summary>A cable between two servers, which can be cut and mended.</summary>
internal sealed class CutProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<TcpClient> _open = [];
    private readonly Task _accepting;
    private volatile bool _isCut;
    private volatile int _port;
    private long _bytesLeft = long.MaxValue;

    public CutProxy()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The port of the server behind it; 0 for none.</summary>
    public int Target { get => _port; set => _port = value; }

    /// <summary>Breaks what is open, and lets nothing through.</summary>
    public void Cut()
    {
        _isCut = true;
        Break();
    }

    /// <summary>Breaks what is open once so many bytes have gone to the server.</summary>
    public void BreakAfter(long bytes) => Interlocked.Exchange(ref _bytesLeft, bytes);

    private void Break()
    {
        lock (_open)
        {
            _open.ForEach(client => client.Dispose());
            _open.Clear();
        }
    }

    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Cut();
        _listener.Stop();
        await _accepting.ContinueWith(static _ => { }, TaskScheduler.Default);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_end.Token);
            _ = PassAsync(client);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                if (_isCut || _port == 0) return;
                await server.ConnectAsync(IPAddress.Loopback, _port, _end.Token);
                lock (_open) _open.AddRange([client, server]);
                client.NoDelay = server.NoDelay = true;
                await Task.WhenAny(
                    ForwardAsync(client.GetStream(), server.GetStream()),
                    server.GetStream().CopyToAsync(client.GetStream(), _end.Token));
            }
            catch (Exception e) when (e is IOException or SocketException
                or OperationCanceledException or ObjectDisposedException
                or InvalidOperationException)
            {
                return; // One side has gone, or the cable was cut.
            }
            finally
            {
                lock (_open) _open.RemoveAll(each => each == client || each == server);
            }
        }
    }

    private async Task ForwardAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, _end.Token) is > 0 and var count)
        {
            await to.WriteAsync(buffer.AsMemory(0, count), _end.Token);
            if (Interlocked.Add(ref _bytesLeft, -count) >= 0) continue;
            Interlocked.Exchange(ref _bytesLeft, long.MaxValue);
            Break();
        }
    }
}
