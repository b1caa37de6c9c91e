namespace Settle.Simulation;

/// <summary>A read, which sees one of what can be seen at the moment when it happens.</summary>
/// <param name="owner">Who reads.</param>
/// <param name="text">What is read.</param>
/// <param name="sees">What can be seen now.</param>
/// <param name="copy">The copy that is read by itself, beside others; null for none.</param>
/// <param name="isSettled">Whether what it sees can no longer change.</param>
internal sealed class ExploredLook(Writer owner, string text, Func<IEnumerable<Sight>> sees,
    ClusterNode? copy, Func<bool> isSettled) : ExploredRequest(owner)
{
    public override bool IsOver => !IsAwaited;

    public override IEnumerable<Choice> Choices => !IsAwaited ? []
        : sees().DistinctBy(sight => sight.Text).Select(sight => new Choice(() =>
            $"{Owner.Name}: read of {text}{(copy is null ? "" : $" on {copy.Name}")} finds "
            + sight.Text, Mishap.None, () =>
            {
                // Copies are read at once, and which of them comes first is all the same.
                if (copy is null) Owner.Process.Observe(sight.Text);
                else Owner.Process.ObserveBeside(sight.Text);
                Reply(sight.Status, sight.Body());
            }));

    // When an answer comes after it, the sooner the more others have to heed it. But a transfer
    // that is sent after it has to heed the less.
    public override Choice? Quick => IsAwaited && Owner.HasSentAll && isSettled()
        ? Choices.FirstOrDefault() : null;

    protected override ulong State => Folding.Of(text);

    public override ulong StateAt(ClusterNode node) => node == copy ? StateAnywhere : 0;
}
