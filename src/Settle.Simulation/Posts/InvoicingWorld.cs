namespace Settle.Simulation;

/// <summary>
/// The invoicing published in 2010, as it was published: a run asks a view and its list function
/// for the charges that no invoice mentions, writes one invoice that names them, and sends it.
/// What is added is only that runs overlap, and that one dies.
/// </summary>
internal sealed class InvoicingWorld
{
    private readonly List<string> _charges = [];
    private readonly List<(string Id, string[] Charges)> _invoices = [];
    private readonly HashSet<string> _sent = [];
    private readonly Bounds _bounds;
    private readonly bool _hasCrashes;
    private Violation? _violation;

    /// <param name="seed">Decides everything.</param>
    /// <param name="bounds">How many runs at once, and charges.</param>
    /// <param name="keepTrace">Whether the steps are kept.</param>
    public InvoicingWorld(ulong seed, Bounds bounds, bool keepTrace)
    {
        _bounds = bounds;
        Timeline = new Timeline(seed, bounds.Only);
        Timeline.Trace.IsKept = keepTrace;
        _hasCrashes = bounds.Faults.HasFlag(Faults.Crash) && Dice.Chance(500);
    }

    public Timeline Timeline { get; }

    private Dice Dice => Timeline.Dice;

    /// <returns>What was billed twice, or never sent; null for neither.</returns>
    public Violation? Run()
    {
        var all = RunAllAsync();
        Timeline.RunUntil(() => all.IsCompleted || _violation is not null, long.MaxValue);
        return _violation ?? (all.IsFaulted ? new("simulation", all.Exception.ToString()) : null);
    }

    private async Task RunAllAsync()
    {
        for (var i = 0; i < 1 + Dice.Below(_bounds.Calls); i++) Post($"c{i + 1}");
        var count = 1 + Dice.Below(_bounds.Clients);
        await Task.WhenAll(Enumerable.Range(1, count)
            .Select(number => RunAsync(number, _hasCrashes))).ConfigureAwait(false);
        // The next month: nothing fails.
        await RunAsync(count + 1, false).ConfigureAwait(false);
        foreach (var invoice in _invoices.Where(invoice => !_sent.Contains(invoice.Id)))
            _violation ??= new Violation("sent", $"{invoice.Id} was never sent");
    }

    private void Post(string charge)
    {
        _charges.Add(charge);
        Say("manager", $"inserts charge {charge}");
    }

    private async Task RunAsync(int number, bool mayDie)
    {
        var name = $"run{number}";
        await StepAsync().ConfigureAwait(false);
        var charges = _charges.Except(_invoices.SelectMany(invoice => invoice.Charges)).ToArray();
        Say(name, "reads uninvoiced: "
            + (charges.Length == 0 ? "nothing" : string.Join(", ", charges)));
        if (charges.Length == 0) return;
        await StepAsync().ConfigureAwait(false);
        Invoice(name, $"i{number}", charges);
        await StepAsync().ConfigureAwait(false);
        if (mayDie && Dice.Chance(300))
        {
            Say(name, "dies");
            return;
        }
        _sent.Add($"i{number}");
        Say(name, $"sends i{number}");
    }

    private void Invoice(string name, string id, string[] charges)
    {
        _invoices.Add((id, charges));
        Say(name, $"inserts invoice {id} of {string.Join(", ", charges)}");
        foreach (var charge in charges)
        {
            var billed = _invoices.Where(invoice => invoice.Charges.Contains(charge)).ToList();
            if (billed.Count < 2) continue;
            _violation ??= new Violation(
                "once", $"{charge} is on {billed[0].Id} and {billed[1].Id}");
        }
    }

    private Task StepAsync() => Timeline.DelayAsync(Dice.Between(0, 500));

    private void Say(string who, string what)
    {
        if (Timeline.Trace.IsKept) Timeline.Trace.Add(Timeline.Now, who, what);
    }
}
