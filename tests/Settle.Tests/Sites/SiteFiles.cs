using Settle.Local;

namespace Settle.Tests.Sites;

/// <summary>The files of a ledger's sites, in a folder of their own; the founder's is <c>main</c>.</summary>
internal sealed class SiteFiles : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    /// <summary>Makes a ledger whose accounts have money at the founder, and lets sites join.</summary>
    public static async Task<SiteFiles> MakeAsync(params string[] sites)
    {
        var files = new SiteFiles();
        await using (var main = await files.OpenAsync("main", mayMake: true))
        {
            await main.InitializeAsync("EUR", cancellationToken: Stop);
            await main.TransferAsync("@world", "Ann", Money.Of(100), cancellationToken: Stop);
            foreach (var site in sites) await main.Sites.AddAsync(
                new SiteRequest { Name = site, Prefix = $"{site}:" }, Stop);
        }
        foreach (var site in sites)
        {
            await files.JoinAsync(site);
            await files.SyncAsync("main", site);
        }
        return files;
    }

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public string this[string site] => _folder.File($"{site}.db");

    public async Task<LocalLedger> OpenAsync(string site, bool mayMake = false,
        LedgerOptions? options = null) =>
        await LocalLedger.OpenAsync(this[site], (options ?? new LedgerOptions()) with
        {
            MustExist = !mayMake, SettlesDocuments = false,
        }, Stop);

    public Task<LedgerInfo> JoinAsync(string site, string? file = null, string source = "main") =>
        SiteJoin.RunAsync(this[file ?? site], site, this[source], new LedgerOptions(), null, Stop);

    public Task<SyncReport> SyncAsync(string one, string other) =>
        SiteSync.RunAsync(this[one], this[other], new LedgerOptions(), null, Stop);

    /// <summary>Until nobody has anything new.</summary>
    public async Task SyncAllAsync(params string[] sites)
    {
        for (var isNew = true; isNew;)
        {
            isNew = false;
            foreach (var site in sites)
            {
                var report = await SyncAsync("main", site);
                isNew |= report.Sent + report.Received > 0;
            }
        }
    }

    public async Task<Transfer> PayAsync(
        string site, string from, string to, decimal amount, string? id = null)
    {
        await using var ledger = await OpenAsync(site);
        return await ledger.TransferAsync(from, to, Money.Of(amount), id, Stop);
    }

    /// <summary>The balance of an account as a site knows it, and what that may spend of it.</summary>
    public async Task<(decimal Balance, decimal Here)> BalanceAsync(string site, string account)
    {
        await using var ledger = await OpenAsync(site);
        var found = await ledger.GetAccountAsync(account, default, Stop);
        return found is null ? (0, 0)
            : (found.Balances[0].Balance.Value, found.Balances[0].Here!.Value.Amount.Value);
    }

    public async Task<Site> SiteAsync(string at, string site)
    {
        await using var ledger = await OpenAsync(at);
        return (await ledger.Sites.ListAsync(Stop)).Single(each => each.Name == site);
    }

    /// <summary>All chains of a file, made again from their requests.</summary>
    public Task<VerificationReport> VerifyAsync(string site) =>
        LedgerVerification.VerifyAsync(this[site], cancellationToken: Stop);

    /// <summary>A copy of a file as it is, without what is noted beside it.</summary>
    public void Copy(string site, string to)
    {
        File.Copy(this[site], this[to], overwrite: true);
        if (Directory.Exists(this[to] + ".index")) Directory.Delete(this[to] + ".index", true);
    }

    public void Dispose() => _folder.Dispose();
}
