using Settle.Chain;

namespace Settle.Tests.Rules;

/// <summary>A finished block of a <see cref="CoreLedger"/>.</summary>
internal sealed record CoreBlock(BlockDocument Document, MovementLog Movements)
{
    public ReadOnlyMemory<byte> Entries => Document.Body[Document.EntriesStart..Document.EntriesEnd];
}
