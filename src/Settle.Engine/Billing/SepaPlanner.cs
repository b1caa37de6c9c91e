using Settle.Reading;

namespace Settle.Billing;

/// <summary>What the plans of debits and of payouts have in common.</summary>
internal abstract class SepaPlanner(LedgerReader reader, Profiles profiles, DateOnly today)
{
    /// <summary>999 999 999.99 EUR: what fits into a message of SEPA.</summary>
    protected const long AmountMax = 99_999_999_999;

    private readonly Dictionary<BlockHash, Party?> _parties = [];

    public LedgerReader Reader => reader;

    protected BillingBook Book => reader.State.Book.Billing;

    protected DateOnly Today => today;

    /// <summary>The first day on which a bank can act if it gets the order today.</summary>
    protected DateOnly Earliest => TargetDays.After(today);

    protected List<SkippedItem> Skipped { get; } = [];

    /// <summary>Finds what is to be ordered.</summary>
    /// <exception cref="RejectedException">There is no seller.</exception>
    /// <exception cref="InvalidRequestException">The seller or the request lacks something.
    /// </exception>
    public async Task<SepaPlan> FindAsync(string id, CancellationToken cancellation)
    {
        var hash = await reader.ReadAsync(() => Book.DurableSeller?.Profile, cancellation)
            .ConfigureAwait(false)
            ?? throw RejectedException.For(RefusalCode.SellerMissing, id, 0, replayed: false);
        CheckSeller(await PartyAsync(hash, cancellation).ConfigureAwait(false)
            ?? throw new InvalidRequestException("seller", "has no name and address here"));
        var days = await DaysAsync(cancellation).ConfigureAwait(false);
        return new SepaPlan(hash, days, Skipped);
    }

    protected abstract Task<IReadOnlyList<(DateOnly, IReadOnlyList<OrderedItem>)>> DaysAsync(
        CancellationToken cancellation);

    protected virtual void CheckSeller(Party seller)
    {
        if (seller.Iban is not { } iban)
            throw new InvalidRequestException("seller", "has no account: set its iban first");
        if (Fault(seller) is { } fault) throw Parse.Fault("seller", iban, fault);
    }

    /// <summary>Why payments cannot be made to or from the account of a party.</summary>
    protected static string? Fault(Party party) => party.Iban switch
    {
        null => "has no account: set its iban",
        var iban when !Rules.SepaArea.Reaches(iban) => "is an account that SEPA does not reach",
        var iban when !Rules.SepaArea.NeedsAddress(iban) => null,
        _ when party.Bic is null => "is an account whose bank needs a bic too",
        _ when string.IsNullOrWhiteSpace(party.City) =>
            "is an account whose bank needs the city of its holder",
        _ => null,
    };

    protected async Task<Party?> PartyAsync(BlockHash hash, CancellationToken cancellation)
    {
        if (_parties.TryGetValue(hash, out var known)) return known;
        var party = await profiles.GetAsync(hash, cancellation).ConfigureAwait(false);
        _parties.Add(hash, party);
        return party;
    }

    /// <summary>A day that was asked for.</summary>
    /// <exception cref="InvalidRequestException">Banks do not work on it, or it is too early.
    /// </exception>
    protected DateOnly Checked(DateOnly day)
    {
        if (day < Earliest)
            throw Parse.Fault("date", $"{day:yyyy-MM-dd}",
                "is too early for a bank that gets the order today; the first day is "
                + $"{Earliest:yyyy-MM-dd}");
        return TargetDays.Is(day) ? day : throw Parse.Fault("date", $"{day:yyyy-MM-dd}",
            "is not a working day of banks; the next one is "
            + $"{TargetDays.OnOrAfter(day):yyyy-MM-dd}");
    }

    protected void Skip(string number, string customer, string code, string reason) =>
        Skipped.Add(new SkippedItem
        {
            Number = number, Customer = customer, Code = code, Reason = reason,
        });
}
