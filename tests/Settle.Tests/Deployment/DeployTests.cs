using System.Net.Http.Json;
using Settle.TestHost;
using Settle.Tests.Crash;
using Xunit;

namespace Settle.Tests.Deployment;

/// <summary>
/// <c>./deploy</c> to this machine, with a real sshd, git and rsync: whatever happens, a server runs
/// afterwards, and nothing that was acknowledged is lost.
/// </summary>
public sealed class DeployTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deploys_failures_and_ways_back_keep_all_that_was_acknowledged()
    {
        await using var target = await DeployTarget.MakeAsync();
        await DoneAsync(target, target.Release("one"));
        using var http = new HttpClient();
        (await http.PutAsJsonAsync($"{target.Address}/v1/ledgers/bank", new { asset = "USD" }, Stop))
            .EnsureSuccessStatusCode();
        var acknowledged = new Acknowledged();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var load = LoadAsync($"{target.Address}/bank", acknowledged, ending.Token);

        await DoneAsync(target, target.Release("two"));
        Assert.Equal("two", target.Mark);
        Assert.True((await LedgerVerification.VerifyAsync(
            Path.Combine(target.Folder, "backups/bank.db"), cancellationToken: Stop)).IsClean);

        // It runs, but not as a server.
        var (status, output) = await target.DeployAsync("--release", target.Release("broken",
            folder => File.Delete(Path.Combine(folder, "Microsoft.OpenApi.dll"))));
        Assert.True(status == 1, output);
        Assert.Contains("the server runs what it ran before", output, StringComparison.Ordinal);
        Assert.Equal("two", target.Mark);
        await ReadyAsync(http, target);

        // It does not even run: the server is left alone.
        var before = target.ProcessId;
        (status, output) = await target.DeployAsync("--release", target.Release("dead",
            folder => File.Delete(Path.Combine(folder, "settle.dll"))));
        Assert.True(status == 1, output);
        Assert.Contains("nothing was changed", output, StringComparison.Ordinal);
        Assert.Equal(before, target.ProcessId);

        (status, output) = await target.DeployAsync("--rollback");
        Assert.True(status == 0, output);
        Assert.Equal("one", target.Mark);
        await ReadyAsync(http, target);
        (status, output) = await target.DeployAsync("--rollback");
        Assert.True(status == 1, output);
        Assert.Contains("no deploy before", output, StringComparison.Ordinal);

        await ending.CancelAsync();
        await load;
        Assert.True(acknowledged.Count > 0);
        var tree = Path.Combine(target.Folder, "tree");
        Assert.Equal(["program", "settings"], target.Git("ls-tree --name-only HEAD", tree).Split('\n'));
        Assert.StartsWith("pre-deploy", target.Git("log -1 --format=%s", tree), StringComparison.Ordinal);
        await acknowledged.AssertKeptAsync(target.Ledger, new Random(1));
    }

    [Fact]
    public async Task A_network_that_is_cut_changes_nothing_or_all()
    {
        await using var target = await DeployTarget.MakeAsync();
        await DoneAsync(target, target.Release("one"));
        using var http = new HttpClient();
        (await http.PutAsJsonAsync($"{target.Address}/v1/ledgers/bank", new { asset = "USD" }, Stop))
            .EnsureSuccessStatusCode();
        var acknowledged = new Acknowledged();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var load = LoadAsync($"{target.Address}/bank", acknowledged, ending.Token);
        var before = target.ProcessId;

        // While the program is sent. What is not compressible takes its time.
        var two = target.Release("two", folder =>
        {
            var noise = new byte[8_000_000];
            new Random(2).NextBytes(noise);
            File.WriteAllBytes(Path.Combine(folder, "noise"), noise);
        });
        target.Network.BreakAfter(2_000_000);
        var (status, output) = await target.DeployAsync("--release", two);
        Assert.True(status == 3, output);
        Assert.Contains("nothing was changed", output, StringComparison.Ordinal);
        Assert.Equal(("one", before), (target.Mark, target.ProcessId));
        await ReadyAsync(http, target);

        // While the server changes over: it goes on alone, and we hear of it later.
        var process = target.Start("here", "--release", two);
        var said = new System.Text.StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(Stop) is { } line)
        {
            said.AppendLine(line);
            if (line.StartsWith("Stopping", StringComparison.Ordinal)) break;
        }
        target.Network.Cut();
        target.Network.Mend();
        (status, output) = await DeployTarget.EndAsync(process);
        Assert.True(status == 0, said + output);
        Assert.Contains("The connection was lost", output, StringComparison.Ordinal);
        Assert.Contains("Deployed", output, StringComparison.Ordinal);
        Assert.Equal("two", target.Mark);
        await ReadyAsync(http, target);
        await ending.CancelAsync();
        await load;
        await acknowledged.AssertKeptAsync(target.Ledger, new Random(1));
    }

    [Fact]
    public async Task Of_two_deploys_at_once_one_is_refused()
    {
        await using var target = await DeployTarget.MakeAsync();
        var one = target.Release("one");
        var first = target.Start("here", "--release", one);
        while (await first.StandardOutput.ReadLineAsync(Stop) is { } line)
            if (line.StartsWith("Starting", StringComparison.Ordinal)) break;
        var (status, output) = await target.DeployAsync("--release", one);
        Assert.True(status == 1, output);
        Assert.Contains("another deploy to this server is under way", output, StringComparison.Ordinal);
        (status, output) = await DeployTarget.EndAsync(first);
        Assert.True(status == 0, output);
        Assert.Equal("one", target.Mark);
    }

    [Fact]
    public async Task A_deploy_that_a_power_cut_ended_is_undone_by_the_next()
    {
        await using var target = await DeployTarget.MakeAsync();
        var one = target.Release("one");
        await DoneAsync(target, one);
        var tree = Path.Combine(target.Folder, "tree");
        var commit = target.Git("rev-parse HEAD", tree);
        await File.WriteAllTextAsync(Path.Combine(target.Folder, "run/switching"), commit + "\n", Stop);
        File.Delete(Path.Combine(tree, "program/settle.dll"));
        await File.WriteAllTextAsync(Path.Combine(tree, ".git/index.lock"), "", Stop);
        var (status, output) = await target.DeployAsync("--release", target.Release("dead",
            folder => File.Delete(Path.Combine(folder, "settle.dll"))));
        Assert.True(status == 1, output);
        Assert.Contains("The last deploy was interrupted", output, StringComparison.Ordinal);
        Assert.Equal("one", target.Mark);
        using var http = new HttpClient();
        await ReadyAsync(http, target);
    }

    [Fact]
    public async Task A_folder_behind_a_link_and_an_option_of_ssh_with_a_comma_are_as_good_as_any()
    {
        await using var target = await DeployTarget.MakeAsync();
        Directory.CreateSymbolicLink(target.Folder + ".link", target.Folder);
        target.Configure($"folder={target.Folder}.link/",
            $"ssh={target.Ssh} -o PreferredAuthentications=publickey,none\r");
        await DoneAsync(target, target.Release("one"));
        Assert.Equal("one", target.Mark);
        using var http = new HttpClient();
        await ReadyAsync(http, target);
    }

    [Fact]
    public async Task What_must_not_be_deployed_is_refused_before_anything_is_changed()
    {
        await using var target = await DeployTarget.MakeAsync();
        var one = target.Release("one");
        await RefusedAsync(target, 2, "name a target");
        await RefusedAsync(target, 2, "there is no option '--force'", "here", "--force");
        await RefusedAsync(target, 2, "copy deploy.d/example.conf", "there");
        target.Configure("folder=/srv/$(id)");
        await RefusedAsync(target, 2, "folder: '/srv/$(id)' is not", "here");
        target.Configure("host=-oProxyCommand=id");
        await RefusedAsync(target, 2, "host: '-oProxyCommand=id' is not", "here");
        target.Configure("ssh=-i 'my key'");
        await RefusedAsync(target, 2, "ssh: '-i 'my key'' has quotes", "here");
        await RefusedAsync(target, 2, "only one of them", "here", "--rollback", "--release", one);
        target.Configure("colour=red");
        await RefusedAsync(target, 2, "'colour=red' is not a setting", "here");

        var arm = target.Release("arm", folder =>
        {
            using var program = File.OpenWrite(Path.Combine(folder, "settle"));
            program.Position = 18;
            program.WriteByte(0xb7);
        });
        target.Configure();
        await RefusedAsync(target, 1, "wrong architecture: the program is for aarch64", "here", "--release", arm);

        // Nobody answers, although it only has changes that are not committed.
        target.Configure("production=yes");
        await RefusedAsync(target, 1, "with changes that are not committed, on here, a production server?",
            "here", "--release", one);
        target.Commit();
        target.Git($"clone -q . {target.Source}.bare");
        target.Git($"remote add origin {target.Source}.bare");
        target.Git("fetch -q");
        target.Git("branch -q -u origin/" + target.Git("branch --show-current"));
        target.Git("-c user.name=t -c user.email=t@t commit -q --allow-empty -m newer", target.Source + ".bare");
        await RefusedAsync(target, 1, "1 commits are not pulled", "here", "--yes", "--release", one);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(target.Folder, "tree")));
    }

    [Fact]
    public async Task A_disk_that_is_too_full_is_noticed_first()
    {
        using var disk = new Processes.Mount("20m");
        await using var target = await DeployTarget.MakeAsync();
        target.Configure($"folder={disk.File("srv")}");
        await RefusedAsync(target, 1, "is too full", "here", "--release", target.Release("one"));
    }

    private static async Task RefusedAsync(
        DeployTarget target, int status, string message, params string[] words)
    {
        var (ended, output) = await DeployTarget.EndAsync(target.Start(words));
        Assert.True(ended == status && output.Contains(message, StringComparison.Ordinal), $"{ended}: {output}");
    }

    private static async Task DoneAsync(DeployTarget target, string release)
    {
        var (status, output) = await target.DeployAsync("--release", release);
        Assert.True(status == 0, output);
        Assert.Contains("Deployed", output, StringComparison.Ordinal);
    }

    private static async Task ReadyAsync(HttpClient http, DeployTarget target) =>
        (await http.GetAsync($"{target.Address}/health/ready", Stop)).EnsureSuccessStatusCode();

    // A client that goes on while the server is away.
    private static async Task LoadAsync(
        string address, Acknowledged acknowledged, CancellationToken ending)
    {
        for (var number = 0; !ending.IsCancellationRequested; number += 20)
        {
            try
            {
                await using var ledger = await Ledger.OpenAsync(address, null, ending);
                for (; ; number += 20)
                {
                    var requests = NumberedTransfers.Range(number, 20);
                    acknowledged.Add(requests, await ledger.TransferBatchAsync(requests, ending));
                    await Task.Delay(20, ending);
                }
            }
            catch (Exception error) when (error is OperationCanceledException
                or StoreUnavailableException or OutcomeUnknownException)
            {
                // Nobody was told a verdict.
            }
        }
    }
}
