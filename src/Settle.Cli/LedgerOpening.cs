using Settle.Index;
using Settle.State;

namespace Settle.Cli;

/// <summary>Opens the ledger of a command.</summary>
internal static class LedgerOpening
{
    /// <summary>The variable with the key for a server.</summary>
    public const string KeyVariable = "SETTLE_KEY";

    /// <param name="context">What is around the command.</param>
    /// <param name="location">Where the ledger is.</param>
    /// <param name="rehearse">
    /// Tries with an empty ledger in memory what makes a new one; null if none is made. What
    /// fails there leaves nothing behind.
    /// </param>
    /// <param name="options">Beside what every command has.</param>
    /// <param name="cancellation">Cancels opening.</param>
    public static async Task<ILedger> OpenAsync(CliContext context, string location,
        Func<ILedger, Task>? rehearse, Func<LedgerOptions, LedgerOptions> options,
        CancellationToken cancellation)
    {
        if (rehearse is null) RequireLedger(location);
        var existing = options(Options(context, mayMake: false));
        if (rehearse is null || Ledger.IsServer(location) || File.Exists(location))
        {
            return await Ledger.OpenAsync(location,
                existing with { MustExist = rehearse is null }, cancellation);
        }
        try
        {
            // A database may be there.
            if (location.Contains("://", StringComparison.Ordinal))
                return await Ledger.OpenAsync(location, existing, cancellation);
        }
        catch (StoreUnavailableException)
        {
            // Or not; if it cannot be reached, making it says so.
        }
        if (!existing.AcceptRollback) RequireNew(location);
        await using (var empty = Ledger.InMemory()) await rehearse(empty);
        return await Ledger.OpenAsync(
            location, existing with { MustExist = false }, cancellation);
    }

    // A file that was here once is missing: its ids would be decided again.
    private static void RequireNew(string location)
    {
        var index = new IndexFolder(new DiskFolder($"{location}.index"), isReadOnly: true);
        var height = TipFile.HeightIn(index);
        if (height == 0 && !index.HasNote) return;
        var had = height == 0 ? "there was one once" : $"it had {Counted.Text(height, "block")}";
        throw new StoreCorruptException($"there is no {location}, but "
            + $"{had}, as {index.Files.Path} shows: put it back; or, if "
            + "they are lost, add --accept-rollback; or, if this is to be a new ledger, delete "
            + $"{index.Files.Path} as well");
    }

    public static LedgerOptions Options(CliContext context, bool mayMake) => new()
    {
        MustExist = !mayMake,
        ApiKey = context.Environment(KeyVariable),
        SettlesDocuments = false,
        Warn = warning => context.Say("warning", warning),
    };

    /// <summary>Sites are files, or behind servers.</summary>
    /// <exception cref="UsageException">It is a database.</exception>
    /// <inheritdoc cref="RequireLedger"/>
    public static void RequireFileOrServer(string name, string location)
    {
        if (location.Contains("://", StringComparison.Ordinal) && !Ledger.IsServer(location))
        {
            throw new UsageException($"{name}: name a file, or the address of a server; a database "
                + "of CouchDB has one site");
        }
        RequireLedger(location);
    }

    /// <summary>
    /// Only init, open and import make a ledger: a mistyped one must not be a new one.
    /// </summary>
    /// <exception cref="StoreUnavailableException">There is no such file.</exception>
    /// <exception cref="InvalidRequestException">It cannot be a ledger's file.</exception>
    public static void RequireLedger(string location)
    {
        Ledger.CheckPath(location);
        var isFile = !location.Contains("://", StringComparison.Ordinal);
        if (!isFile || File.Exists(location)) return;
        throw new StoreUnavailableException(Directory.Exists(location)
            ? $"{location} is a folder; name the ledger's file in it"
            : $"no ledger at {location}; "
                + "make one with 'settle init'");
    }
}
