using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Settle.Benchmarks.Baselines;

namespace Settle.Benchmarks.Workloads;

/// <summary>Batches over HTTP: the client writes JSON, a server in a process of its own settles it.</summary>
internal static class HttpBatches
{
    private const int Accounts = 10_000;

    public static async IAsyncEnumerable<Measurement> RunAsync(string name, string folder, int transfers, int batch,
        int inFlight, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var limit = Limit.Measure(folder, transfers, batch);
        yield return new Measurement($"{name}: limit", transfers, batch, 1, limit);
        await using var server = await ServerProcess.StartAsync(folder, Accounts).ConfigureAwait(false);
        await MeasureAsync(server, int.Max(batch * 20, transfers / 3), batch, inFlight, 1L << 40, cancellation)
            .ConfigureAwait(false);
        var perSecond = await MeasureAsync(server, transfers, batch, inFlight, 0, cancellation).ConfigureAwait(false);
        yield return new Measurement(name, transfers, batch, inFlight, perSecond,
            $"client and server share the machine; server {server.WorkingSetMegabytes} MB")
        {
            ShareOfLimit = perSecond / limit,
        };
    }

    private static async Task<double> MeasureAsync(ServerProcess server, int transfers, int batch, int inFlight,
        long firstId, CancellationToken cancellation)
    {
        using var client = new HttpClient();
        var address = new Uri(server.Address, "v1/ledgers/bank/transfers/batch");
        var batches = (transfers + batch - 1) / batch;
        var next = 0;
        var stopwatch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            var body = new System.Buffers.ArrayBufferWriter<byte>(batch * 100);
            var answer = new byte[batch * 160];
            int index;
            while ((index = Interlocked.Increment(ref next) - 1) < batches)
            {
                Write(body, new TransferSource(Accounts, firstId + ((long)index * batch)), batch);
                using var content = new ReadOnlyMemoryContent(body.WrittenMemory);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using var response = await client.PostAsync(address, content, cancellation).ConfigureAwait(false);
                response.EnsureSuccessStatusCode();
                await using var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
                var length = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false,
                    cancellation).ConfigureAwait(false);
                CheckAllSuccessful(answer.AsSpan(0, length), batch);
            }
        }, cancellation))).ConfigureAwait(false);
        return BenchmarkRun.PerSecond((long)batches * batch, stopwatch);
    }

    private static void Write(System.Buffers.ArrayBufferWriter<byte> body, TransferSource source, int batch)
    {
        body.ResetWrittenCount();
        for (var i = 0; i < batch; i++) source.WriteJson(body, i == 0 ? (byte)'[' : (byte)',');
        System.Buffers.BuffersExtensions.Write(body, "]"u8);
    }

    private static void CheckAllSuccessful(ReadOnlySpan<byte> answer, int batch)
    {
        var successful = 0;
        for (int at; (at = answer.IndexOf("\"successful\""u8)) >= 0; answer = answer[(at + 1)..]) successful++;
        if (successful != batch) throw new InvalidOperationException($"{successful} of {batch} were successful");
    }
}
