namespace Settle.Cli.Commands;

/// <summary>What the help says of a report.</summary>
/// <param name="Name">Its word.</param>
/// <param name="Description">What it is.</param>
/// <param name="Example">How it is asked for.</param>
internal sealed record ReportWords(string Name, string Description, string Example);
