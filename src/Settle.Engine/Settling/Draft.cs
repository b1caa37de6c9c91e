using System.Runtime.InteropServices;
using Settle.Chains;

namespace Settle.Settling;

/// <summary>A block on its way: decided, perhaps being written, not yet durable.</summary>
internal sealed class Draft(int slot)
{
    public BlockBuilder Builder { get; } = new();

    public UndoLog Undo { get; } = new(slot);

    public MovementLog Movements { get; } = new();

    /// <summary>The parts of jobs that this block answers, in order.</summary>
    public List<JobPart> Parts { get; } = [];

    /// <summary>How many rows the id table had before this block.</summary>
    public int IdsBefore { get; set; }

    /// <summary>0 to 3; drafts that are open together have different ones.</summary>
    public int Slot => slot;

    /// <summary>What it has read of other sites; null where there are none.</summary>
    public SiteDraft? Reading { get; set; }

    /// <summary>
    /// Whether a block is to be written of it: one that only reads is, if there was something to
    /// read.
    /// </summary>
    public bool IsWorthWriting => Builder.EntryCount > 0 || Reading is { ReadsEntries: true };

    public long Time { get; set; }

    /// <summary>The word of a person that it carries; null for none.</summary>
    public BlockRecovery? Recovery { get; set; }

    /// <summary>Why it must not be written, as far as was known when it began.</summary>
    public SettleException? Obstacle { get; set; }

    /// <summary>Set when the block is sealed.</summary>
    public BlockHeader? Header { get; set; }

    /// <summary>When the write began, by the clock's own measure.</summary>
    public long WriteStart { get; set; }

    /// <summary>What became of the write; null while it is under way.</summary>
    public Task<WriteOutcome>? Write { get; set; }

    /// <summary>Notes that this block answers a request.</summary>
    public void Add(WaitingRequest request)
    {
        var parts = CollectionsMarshal.AsSpan(Parts);
        if (!parts.IsEmpty && parts[^1] is var last && last.Job == request.Job
            && last.First + last.Count == request.Index)
        {
            parts[^1] = last with { Count = last.Count + 1 };
        }
        else
        {
            Parts.Add(new JobPart(request.Job, request.Index, 1));
        }
    }
}
