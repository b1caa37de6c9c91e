namespace Settle.Simulation;

/// <summary>What a reader was shown.</summary>
/// <param name="Machine">Who showed it.</param>
/// <param name="HeightMin">The newest block that this machine had answered from before.</param>
/// <param name="Account">An account, with the height of the state.</param>
internal sealed record Look(string Machine, long HeightMin, Account Account);
