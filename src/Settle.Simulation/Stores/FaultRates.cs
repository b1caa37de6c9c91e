namespace Settle.Simulation;

/// <summary>How often each fault happens in one run, in thousandths.</summary>
internal sealed class FaultRates
{
    private readonly Dictionary<Faults, int> _rates = [];

    /// <summary>Draws a rate for each fault that may happen; many runs have only a few.</summary>
    public FaultRates(Dice dice, Faults allowed)
    {
        var share = dice.Below(4);
        foreach (var fault in Enum.GetValues<Faults>())
        {
            if (fault is Faults.None or Faults.All) continue;
            if (fault is Faults.PowerCut or Faults.OtherIndex) continue;
            if (fault is Faults.SetBack or Faults.Leaps) continue;
            var rate = dice.Below(share + 1) == 0 ? 0 : (int)dice.Between(5, 60);
            // A storm now and then.
            if (dice.Chance(30)) rate = 300;
            _rates[fault] = (allowed & fault) != 0 ? rate : 0;
        }
    }

    /// <summary>Draws the rate of one fault; before that it does not happen.</summary>
    public void Draw(Faults fault, Faults allowed, Dice dice)
    {
        var rate = dice.Chance(500) ? 0 : (int)dice.Between(5, 60);
        _rates[fault] = (allowed & fault) != 0 ? rate : 0;
    }

    /// <summary>Whether faults happen at all.</summary>
    public bool AreOn { get; set; } = true;

    public bool Happens(Faults fault, Dice dice) =>
        AreOn && _rates.GetValueOrDefault(fault) is > 0 and var rate && dice.Chance(rate);

    public bool CanHappen(Faults fault) => AreOn && _rates.GetValueOrDefault(fault) > 0;
}
