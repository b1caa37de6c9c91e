using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Settle.Benchmarks.Workloads;
using Settle.Local;
using Settle.Server;

namespace Settle.Benchmarks;

/// <summary>A server in a process of its own, so that client and server share nothing but the machine.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>The word that makes this program a server instead.</summary>
    public const string Verb = "bench-server";

    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Its memory now.</summary>
    public long WorkingSetMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 >> 20;
        }
    }

    /// <summary>Serves a ledger on a loopback port until standard input ends.</summary>
    public static async Task ServeAsync(string path, int accounts)
    {
        await using (var ledger = (LocalLedger)await Ledger.OpenAsync(path).ConfigureAwait(false))
            await Prepared.OpenAccountsAsync(ledger, accounts).ConfigureAwait(false);
        await using var server = await SettleServer.StartAsync(new ServeOptions
        {
            Ledgers = [path], Listen = "127.0.0.1:0", RequestsPerSecond = int.MaxValue,
            LogLevel = LogLevel.Warning,
        }).ConfigureAwait(false);
        await server.Ready.ConfigureAwait(false);
        Console.WriteLine(server.Addresses[0]);
        await Console.In.ReadToEndAsync().ConfigureAwait(false);
    }

    internal static async Task<ServerProcess> StartAsync(string folder, int accounts)
    {
        var program = Environment.GetCommandLineArgs()[0];
        var start = new ProcessStartInfo
        {
            FileName = Environment.ProcessPath!,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        if (program.EndsWith(".dll", StringComparison.Ordinal)
            && !Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals(
                Path.GetFileNameWithoutExtension(program), StringComparison.Ordinal))
        {
            start.ArgumentList.Add(program);
        }
        start.ArgumentList.Add(Verb);
        start.ArgumentList.Add(Path.Combine(folder, "bank.db"));
        start.ArgumentList.Add(accounts.ToString(CultureInfo.InvariantCulture));
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync().ConfigureAwait(false)
            ?? throw new InvalidOperationException("the server did not start");
        return new ServerProcess(process, new Uri(address));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }
}
