using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Settle.Tests.Sites;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Deployment;

/// <summary>
/// A repository with <c>./deploy</c>, releases to deploy, and a folder that is another machine's.
/// </summary>
internal sealed class DeployTarget : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly TemporaryDirectory _place = new();
    private readonly SshServer _server;

    private DeployTarget(SshServer server)
    {
        _server = server;
        Network.Target = server.Port;
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        Directory.CreateDirectory(Folder);
        var scripts = Directory.CreateDirectory(Path.Combine(Source, "deploy.d")).FullName;
        File.Copy(Path.Combine(Repository.Root, "deploy"), Path.Combine(Source, "deploy"));
        foreach (var file in (string[])["host.sh", "start", "settle.service"])
            File.Copy(Path.Combine(Repository.Root, "deploy.d", file), Path.Combine(scripts, file));
        Configure();
        Git("init -q");
        Commit();
    }

    public CutProxy Network { get; } = new();

    /// <summary>The folder on the machine that is deployed to.</summary>
    public string Folder => _place.File("srv");

    /// <summary>The repository that is deployed.</summary>
    public string Source => _place.File("source");

    /// <summary>Where its server serves.</summary>
    public string Address { get; }

    public string Ledger => Path.Combine(Folder, "ledgers/bank.db");

    public static async Task<DeployTarget> MakeAsync()
    {
        var server = await SshServer.StartAsync();
        try
        {
            return new DeployTarget(server);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>The words that ssh needs to come there.</summary>
    public string Ssh => _server.Options(Network.Port);

    /// <summary>Writes the configuration; what is given replaces what is usual.</summary>
    public void Configure(params string[] lines) => File.WriteAllLines(
        Path.Combine(Source, "deploy.d/here.conf"),
        [
            $"host={Environment.UserName}@127.0.0.1", $"ssh={Ssh}", $"folder={Folder}",
            $"url={Address}", "# A process of its own, whatever this machine has.", "service=", .. lines,
        ]);

    /// <summary>A program that differs by a mark, and by what is done to it.</summary>
    public string Release(string mark, Action<string>? change = null)
    {
        var folder = Directory.CreateDirectory(_place.File(mark)).FullName;
        var built = Path.Combine(Repository.Root, "artifacts/bin/Settle.Cli/release");
        foreach (var file in Directory.GetFiles(built).Where(file => Path.GetExtension(file) is not ".pdb"))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        foreach (var file in Directory.GetFiles(
            Path.Combine(built, "runtimes/linux-x64"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        File.WriteAllText(Path.Combine(folder, "mark"), mark);
        change?.Invoke(folder);
        return folder;
    }

    /// <summary>Which program is in its place there.</summary>
    public string? Mark => File.Exists(Path.Combine(Folder, "tree/program/mark"))
        ? File.ReadAllText(Path.Combine(Folder, "tree/program/mark")) : null;

    /// <summary>The number of the server's process there.</summary>
    public string ProcessId => File.ReadAllText(Path.Combine(Folder, "run/pid")).Trim();

    /// <summary>Runs <c>./deploy here</c> to its end.</summary>
    public Task<(int Status, string Output)> DeployAsync(params string[] words) =>
        EndAsync(Start(["here", .. words]));

    /// <summary>Starts <c>./deploy</c>; nobody answers what it asks.</summary>
    public Process Start(params string[] words)
    {
        var process = Process.Start(new ProcessStartInfo("bash", ["-c", "exec ./deploy \"$@\" 2>&1", "deploy", .. words])
        {
            WorkingDirectory = Source, RedirectStandardOutput = true, RedirectStandardInput = true,
        })!;
        process.StandardInput.Close();
        return process;
    }

    public static async Task<(int Status, string Output)> EndAsync(Process process)
    {
        using (process)
        {
            using var patience = new CancellationTokenSource(Patience);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, output);
        }
    }

    public void Commit()
    {
        Git("add -A");
        Git("-c user.name=test -c user.email=test@localhost commit -q --allow-empty -m change");
    }

    public string Git(string words, string? folder = null)
    {
        using var process = Process.Start(new ProcessStartInfo("git", words)
        {
            WorkingDirectory = folder ?? Source, RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"git {words}: {output}");
        return output.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Folder, "run/pid"))
            && File.Exists($"/proc/{ProcessId}/cmdline")
            && File.ReadAllText($"/proc/{ProcessId}/cmdline").Contains(Folder, StringComparison.Ordinal))
        {
            using var ended = Process.GetProcessById(int.Parse(ProcessId));
            ended.Kill();
        }
        await Network.DisposeAsync();
        _server.Dispose();
        _place.Dispose();
    }
}
