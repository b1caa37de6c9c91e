using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Settle.Tests.Cli;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Docs;

/// <summary>The commands of docs/sites.md print what it shows.</summary>
public sealed partial class SitesDocumentTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly List<Process> _servers = [];

    // The ports of the page may be somebody else's here.
    private readonly Dictionary<string, string> _ports = [];

    public void Dispose()
    {
        foreach (var server in _servers)
        {
            if (!server.HasExited) server.Kill();
            server.Dispose();
        }
        _folder.Dispose();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_tutorial_of_an_office_and_two_shops_prints_what_it_shows()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/sites.md"), Stop);
        var commands = Readme.CommandsIn(text, "sites").ToList();
        Assert.True(commands.Count > 20);
        foreach (var (shown, output) in commands)
        {
            var command = WithFreePorts(shown);
            if (command.StartsWith("kill %", StringComparison.Ordinal))
            {
                await EndAsync(_servers[int.Parse(command[6..], CultureInfo.InvariantCulture) - 1]);
                continue;
            }
            Assert.StartsWith("./settle ", command, StringComparison.Ordinal);
            var isServer = command.EndsWith(" &", StringComparison.Ordinal);
            var printed = await RunAsync(
                command["./settle ".Length..].TrimEnd('&', ' ').Split(' '), isServer);
            Assert.True(Plain(WithFreePorts(output)) == Plain(printed),
                $"$ {command}\nshould print:\n{output}\nprinted:\n{printed}");
        }
    }

    private async Task<string> RunAsync(string[] words, bool isServer)
    {
        var process = Process.Start(new ProcessStartInfo(SettleProcess.Start.File, [.. SettleProcess.Start.Before, .. words])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        if (isServer)
        {
            _servers.Add(process);
            // Nobody reads its log; it must not wait for a reader.
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            return await process.StandardOutput.ReadLineAsync(Stop) ?? "";
        }
        using (process)
        {
            var printed = await process.StandardOutput.ReadToEndAsync(Stop)
                + await process.StandardError.ReadToEndAsync(Stop);
            await process.WaitForExitAsync(Stop);
            return printed;
        }
    }

    private static async Task EndAsync(Process server)
    {
        using (var kill = Process.Start("kill", [$"{server.Id}"])) await kill.WaitForExitAsync(Stop);
        await server.WaitForExitAsync(Stop);
    }

    private string WithFreePorts(string text) => Address.Replace(text, found =>
    {
        if (!_ports.TryGetValue(found.Value, out var free))
            _ports.Add(found.Value, free = $"127.0.0.1:{FreePort()}");
        return free;
    });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // How many blocks two servers write while they talk is not fixed.
    private string Plain(string text) => _servers.Count == 0
        ? text.ReplaceLineEndings("\n").Trim('\n')
        : Block.Replace(text.ReplaceLineEndings("\n").Trim('\n'), "block N");

    [GeneratedRegex(@"127\.0\.0\.1:71\d\d")]
    private static partial Regex Address { get; }

    [GeneratedRegex(@"block \d+")]
    private static partial Regex Block { get; }
}
