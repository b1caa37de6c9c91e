using System.Diagnostics;
using Settle.Tests.Journals;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>What shells complete, asked of the program and of the shells themselves.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bal", "balance balances")]
    [InlineData("keys ", "add list remove")]
    [InlineData("keys a", "add")]
    [InlineData("export --format h", "hledger")]
    [InlineData("export --fo", "--format")]
    [InlineData("simulate --protocol posts-2014-s", "posts-2014-skewed posts-2014-staged")]
    [InlineData("completion ", "bash fish zsh")]
    [InlineData("help trans", "transaction transfer")]
    [InlineData("bench http-b", "http-batches http-batches-1000")]
    [InlineData("keys add shop --role t", "teller")]
    [InlineData("balance --ledger ", "")]
    [InlineData("import ", "")]
    public async Task Commands_options_and_their_values_are_completed(string typed, string found)
    {
        var run = await CommandRun.DoneAsync("unused.db", ["completion", "words", "--", .. typed.Split(' ')]);
        Assert.Equal(found, string.Join(' ', run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t')[0]).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_candidate_says_what_it_is()
    {
        var run = await CommandRun.DoneAsync("unused.db", "completion", "words", "--", "balance");
        Assert.Contains("balance\tShows balances, and how much of them is available.\n", run.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_that_it_does_not_know_is_refused()
    {
        var run = await CommandRun.OnAsync("unused.db", "completion", "tcsh");
        Assert.Equal(2, run.Status);
        Assert.Contains("'tcsh' is not a shell that it knows; use bash, zsh or fish", run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bash_completes()
    {
        var script = await ScriptAsync("bash");
        Assert.Equal("balance\nbalances\n", await RunAsync("bash", $$"""
            source {{script}}; compopt() (echo FILES)
            COMP_WORDS=(settle bal); COMP_CWORD=1; _settle settle; printf '%s\n' "${COMPREPLY[@]}"
            """));
        Assert.Equal("FILES\n", await RunAsync("bash", $"""
            source {script}; compopt() (echo FILES)
            COMP_WORDS=(settle import ''); COMP_CWORD=2; _settle settle
            """));
    }

    [Fact]
    public async Task Zsh_completes()
    {
        var script = await ScriptAsync("zsh");
        const string stubs = "compdef() { : }; _describe() { print -l -- $found }; _files() { print FILES }";
        Assert.Equal("hledger\n", await RunAsync("zsh", $"""
            {stubs}; source {script}
            words=(settle export --format hl); CURRENT=4; _settle
            """));
        Assert.Equal("FILES\n", await RunAsync("zsh", $"""
            {stubs}; source {script}
            words=(settle import ''); CURRENT=3; _settle
            """));
    }

    [Fact]
    public async Task Fish_completes()
    {
        var script = await ScriptAsync("fish");
        await File.WriteAllTextAsync(_folder.File("transfers.csv"), "", Stop);
        Assert.Equal("hledger\n", await RunAsync("fish",
            $"source {script}; complete -C 'settle export --format hl'"));
        Assert.Contains("transfers.csv", await RunAsync("fish",
            $"source {script}; complete -C 'settle import tr'"), StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<string> ScriptAsync(string shell)
    {
        var script = _folder.File($"completion.{shell}");
        await File.WriteAllTextAsync(script,
            (await CommandRun.DoneAsync("unused.db", "completion", shell)).Output, Stop);
        var program = _folder.File("settle");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec {SettleProcess.ShellCommand} \"$@\"\n", Stop);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return script;
    }

    private async Task<string> RunAsync(string shell, string command)
    {
        Assert.SkipUnless(ExternalProgram.IsInstalled(shell), $"{shell} is not installed; ./test installs it");
        var start = new ProcessStartInfo(shell, ["-c", command])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            Environment =
            {
                ["PATH"] = $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}",
                ["HOME"] = _folder.Path,
            },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return output;
    }
}
