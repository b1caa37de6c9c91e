namespace Settle;

/// <summary>With <see cref="RefusalCode.ExceedsTransfer"/>: how much was too much.</summary>
/// <param name="Left">What was left of the transfer to revert.</param>
/// <param name="Needed">What was asked.</param>
internal sealed record RevertExcess(Money Left, Money Needed)
{
    /// <summary>One sentence, without the full stop.</summary>
    public override string ToString() =>
        $"{Left} of the transfer are left to revert, but {Needed.Digits} is asked";
}
