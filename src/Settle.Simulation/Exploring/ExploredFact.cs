namespace Settle.Simulation;

/// <summary>What every node knows at once and for ever.</summary>
internal sealed class ExploredFact : ExploredRequest
{
    public ExploredFact(Writer owner, int status, string body) : base(owner) => Reply(status, body);

    public override bool IsOver => true;

    public override IEnumerable<Choice> Choices => [];

    public override Choice? Quick => null;

    protected override ulong State => 0;

    public override ulong StateAt(ClusterNode node) => 0;
}
