using System.Diagnostics;
using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary><c>couchdbs://</c>: nobody reads along, and the server is the one that was meant.</summary>
[Collection<SharedCouch>]
public sealed class CouchTlsTests(CouchFixture couch)
{
    [Fact]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_no_password()
    {
        using var place = couch.NewDatabase();
        await using var proxy = new TlsProxy(place.Server);
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            Ledger.OpenAsync($"couchdbs://me:secret@127.0.0.1:{proxy.Port}/{place.Name}"));
        Assert.Contains("certificate", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, proxy.Trusted);
    }

    [Fact]
    public async Task A_ledger_is_used_over_TLS()
    {
        using var place = couch.NewDatabase();
        await using var proxy = new TlsProxy(place.Server);
        var location = place.LocationAt(new Uri($"http://127.0.0.1:{proxy.Port}"))
            .Replace("couchdb:", "couchdbs:", StringComparison.Ordinal);
        using var folder = new TemporaryDirectory();
        await File.WriteAllTextAsync(
            folder.File("ca.pem"), proxy.Pem, TestContext.Current.CancellationToken);
        foreach (var words in (string[][])
            [["init", "--asset", "EUR"], ["transfer", "@world", "Alex", "12.50"], ["verify"]])
        {
            using var run = Start(location, folder, words);
            var said = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
                + await run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(run.ExitCode == 0, said);
        }
        await using var plain = await place.OpenAsync();
        Assert.Equal(1250, (await plain.GetAccountAsync("Alex"))!.Balances[0].Balance.Units);
    }

    private static Process Start(string location, TemporaryDirectory folder, string[] words) =>
        Process.Start(new ProcessStartInfo(SettleProcess.Start.File, [.. SettleProcess.Start.Before, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["SETTLE_LEDGER"] = location,
                ["XDG_CACHE_HOME"] = folder.Path,
                ["SSL_CERT_FILE"] = folder.File("ca.pem"),
            },
        })!;
}
