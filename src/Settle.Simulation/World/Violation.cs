namespace Settle.Simulation;

/// <summary>A promise that was broken in a run.</summary>
/// <param name="Rule">Which, in a word or two.</param>
/// <param name="Message">How.</param>
internal sealed record Violation(string Rule, string Message)
{
    public override string ToString() => $"{Rule}: {Message}";
}
