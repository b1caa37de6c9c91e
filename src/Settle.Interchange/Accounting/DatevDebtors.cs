namespace Settle.Accounting;

/// <summary>
/// Which debtor a customer is. The numbers follow the order of the chain, so a customer has the
/// same one in every batch.
/// </summary>
internal sealed class DatevDebtors
{
    private readonly DatevSettings _settings;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _taken = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly (int First, int Last) _range;
    private int _next;

    /// <exception cref="InvalidRequestException">A setting is wrong.</exception>
    public DatevDebtors(DatevSettings settings)
    {
        _settings = settings;
        var first = 10;
        for (var digits = 1; digits < settings.AccountLength; digits++) first *= 10;
        // Creditors begin with a 7.
        _range = (first, (7 * first) - 1);
        _next = settings.FirstDebtor ?? first;
        Check("first_debtor", _next);
        if (settings.CommonDebtor is { } common) Check("common_debtor", common);
        foreach (var (customer, debtor) in settings.Debtors)
        {
            Check($"debtors.{customer}", debtor);
            if (!_taken.TryAdd(debtor, customer))
            {
                throw new InvalidRequestException($"debtors.{customer}",
                    $"is {debtor}, which is {_taken[debtor]}'s already");
            }
        }
    }

    /// <summary>A customer was made, or changed.</summary>
    /// <exception cref="InvalidRequestException">All numbers are used up.</exception>
    public void Note(string customer)
    {
        if (_settings.Debtors.Count > 0) _known.Add(customer);
        if (_settings.CommonDebtor is not null || _numbers.ContainsKey(customer)) return;
        var number = _next++;
        _numbers.Add(customer, number);
        if (_settings.Debtors.ContainsKey(customer)) return;
        if (number > _range.Last)
        {
            throw new InvalidRequestException("account_length",
                $"leaves no debtor for {customer}: {_range.Last} is the last; use longer accounts");
        }
        if (_taken.TryGetValue(number, out var other))
        {
            throw new InvalidRequestException("first_debtor",
                $"would make {customer} debtor {number}, which is {other}'s; "
                + "begin where no customer has a debtor of its own");
        }
    }

    /// <summary>Checks, once all customers are noted, that the settings name no others.</summary>
    /// <exception cref="InvalidRequestException">They name somebody else.</exception>
    public void CheckCustomers()
    {
        if (_settings.Debtors.Keys.FirstOrDefault(name => !_known.Contains(name)) is { } stranger)
        {
            throw Parse.Fault($"debtors.{stranger}", stranger,
                $"is not a customer{NearestName.Suggest(stranger, _known)}");
        }
    }

    public int Of(string customer) =>
        _settings.Debtors.TryGetValue(customer, out var own) ? own
            : _settings.CommonDebtor ?? _numbers[customer];

    private void Check(string field, int debtor)
    {
        if (debtor < _range.First || debtor > _range.Last)
        {
            throw Parse.Fault(field, debtor.ToString(CultureInfo.InvariantCulture),
                $"is not a debtor; use {_range.First} to {_range.Last}");
        }
    }
}
