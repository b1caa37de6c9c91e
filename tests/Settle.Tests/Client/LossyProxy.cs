using System.Net;
using System.Net.Sockets;

namespace Settle.Tests.Client;

/// <summary>Stands between a client and a server and loses answers, or requests, when told to.</summary>
internal sealed class LossyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _server;
    private readonly Task _accepting;
    private readonly TaskCompletionSource _answerLost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requestsToLose;
    private int _answersToLose;

    public LossyProxy(Uri server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Completes when the first answer is lost.</summary>
    public Task AnswerLost => _answerLost.Task;

    /// <summary>How many answers were lost.</summary>
    public int AnswersLost { get; private set; }

    /// <summary>Awaited before a part of a request is passed on.</summary>
    public Func<string, Task> OnRequest { get; set; } = _ => Task.CompletedTask;

    /// <summary>Passes on the next requests, whole, and then closes instead of answering.</summary>
    public void LoseAnswers(int count) => Volatile.Write(ref _answersToLose, count);

    /// <summary>Closes instead of passing on the next requests.</summary>
    public void LoseRequests(int count) => Volatile.Write(ref _requestsToLose, count);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting.ContinueWith(static _ => { }, TaskScheduler.Default);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_end.Token);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(_server.Host, _server.Port, _end.Token);
            client.NoDelay = server.NoDelay = true;
            var up = CopyAsync(client.GetStream(), server.GetStream(), async bytes =>
            {
                await OnRequest(System.Text.Encoding.UTF8.GetString(bytes.Span));
                return TryLose(ref _requestsToLose);
            });
            var down = CopyAsync(server.GetStream(), client.GetStream(), _ =>
            {
                if (!TryLose(ref _answersToLose)) return ValueTask.FromResult(false);
                AnswersLost++;
                _answerLost.TrySetResult();
                return ValueTask.FromResult(true);
            });
            await Task.WhenAny(up, down);
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to,
        Func<ReadOnlyMemory<byte>, ValueTask<bool>> lose)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var read = await from.ReadAsync(buffer, _end.Token);
                if (read == 0 || await lose(buffer.AsMemory(0, read))) return;
                await to.WriteAsync(buffer.AsMemory(0, read), _end.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return; // One side has gone.
        }
    }

    private static bool TryLose(ref int count)
    {
        var left = Volatile.Read(ref count);
        while (left > 0)
        {
            var seen = Interlocked.CompareExchange(ref count, left - 1, left);
            if (seen == left) return true;
            left = seen;
        }
        return false;
    }
}
