namespace Settle.Billing;

/// <summary>
/// The days that a charge of a subscription is for, where they are not, or once were not, all of
/// its period (B7).
/// </summary>
internal struct ChargedDays
{
    public int First;

    /// <summary>The day before <see cref="First"/> for none.</summary>
    public int Last;

    /// <summary>Where more of the same subscription are, plus one; 0 for nowhere.</summary>
    public int Next;
}
