using Settle.Tests.Cli;
using Settle.Tests.Style;

namespace Settle.Tests.Samples;

/// <summary>A sample that is a web app, in a process of its own on a free port.</summary>
internal sealed class SampleApp : IAsyncDisposable
{
    private readonly SettleProcess _process;

    private SampleApp(SettleProcess process, Uri address)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = address };
    }

    public HttpClient Http { get; }

    /// <summary>The program that the tests' build has made of a sample.</summary>
    public static string Program(string project) =>
        Path.Combine(Repository.Root, $"artifacts/bin/{project}/release/{project}.dll");

    public static async Task<SampleApp> StartAsync(string project, params string[] words)
    {
        const string Listening = "Now listening on: ";
        var process = SettleProcess.Of(Program(project), ["--urls", "http://127.0.0.1:0", .. words]);
        try
        {
            var line = await process.WaitForLineAsync(Listening);
            return new SampleApp(process, new Uri(line.Split(Listening)[1]));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public Task<int> EndAsync(string signal) => _process.EndAsync(signal);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }
}
