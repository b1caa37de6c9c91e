namespace Settle.Cli.Commands;

/// <summary>What a site was granted.</summary>
/// <param name="Account">Whose money it is.</param>
/// <param name="Site">Who may spend it.</param>
/// <param name="Asset">The asset's code.</param>
/// <param name="Granted">How much more than before; zero where it had enough.</param>
internal sealed record SiteAllowance(string Account, string Site, string Asset, Money Granted);
