using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Settle.Tests.Deployment;

/// <summary>A real sshd on this machine, with keys of its own, that lets this user in.</summary>
internal sealed class SshServer : IDisposable
{
    private const string Program = "/usr/sbin/sshd";

    private readonly TemporaryDirectory _folder = new();
    private readonly Process _process;

    private SshServer(int port)
    {
        Port = port;
        Keygen("host_key");
        Keygen("user_key");
        File.Copy(_folder.File("user_key.pub"), _folder.File("authorized"));
        var key = string.Join(' ', File.ReadAllText(_folder.File("host_key.pub")).Split(' ').Take(2));
        File.WriteAllText(_folder.File("known"), $"* {key}\n");
        // The program that is deployed looks for its runtime where this one was found.
        var runtime = Path.GetDirectoryName(File.ResolveLinkTarget("/usr/bin/dotnet", true)?.FullName);
        File.WriteAllText(_folder.File("config"), $"""
            Port {port}
            ListenAddress 127.0.0.1
            HostKey {_folder.File("host_key")}
            AuthorizedKeysFile {_folder.File("authorized")}
            PidFile {_folder.File("pid")}
            StrictModes no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            SetEnv DOTNET_ROOT={Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? runtime} DOTNET_NOLOGO=1
            """);
        _process = Process.Start(new ProcessStartInfo(
            Program, ["-D", "-e", "-f", _folder.File("config")]) { RedirectStandardError = true })!;
    }

    public int Port { get; }

    /// <summary>Starts one, or skips the test where a program is missing.</summary>
    public static async Task<SshServer> StartAsync()
    {
        var missing = ((string[])[Program, "/usr/bin/ssh", "/usr/bin/rsync", "/usr/bin/git",
            "/usr/bin/curl", "/usr/bin/flock"]).Where(each => !File.Exists(each)).ToList();
        Assert.SkipUnless(missing.Count == 0,
            $"missing: {string.Join(", ", missing)}; ./test installs them where it may");
        if (Environment.IsPrivilegedProcess) Directory.CreateDirectory("/run/sshd");
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var server = new SshServer(port);
        while (await server._process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.Contains("Server listening", StringComparison.Ordinal)) break;
        Assert.False(server._process.HasExited, "sshd does not start");
        _ = server._process.StandardError.ReadToEndAsync(CancellationToken.None);
        return server;
    }

    /// <summary>What ssh needs to come here, at this port or through another one.</summary>
    public string Options(int port) => $"-p {port} -i {_folder.File("user_key")} "
        + $"-o UserKnownHostsFile={_folder.File("known")} -o IdentitiesOnly=yes -o BatchMode=yes -F none";

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private void Keygen(string name)
    {
        using var made = Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", _folder.File(name)]);
        made.WaitForExit();
        Assert.Equal(0, made.ExitCode);
    }
}
