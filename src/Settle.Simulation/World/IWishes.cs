namespace Settle.Simulation;

/// <summary>Where clients get what they want from.</summary>
internal interface IWishes
{
    Wish Next();

    /// <summary>Several for one call.</summary>
    Wish[] Batch(int count);
}
