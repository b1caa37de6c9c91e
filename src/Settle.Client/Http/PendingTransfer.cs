using System.Diagnostics;

namespace Settle.Http;

/// <summary>A call that waits to travel with others, or is under way.</summary>
internal sealed class PendingTransfer(TransferRequest request, long since)
    : TaskCompletionSource<Verdict>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int GivenUp = 2;
    private int _state;

    public TransferRequest Request => request;

    /// <summary>When it was called: a timestamp of the clock.</summary>
    public long Since => since;

    /// <summary>How long the server may wait for money of other sites.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Whose trace it belongs to, where traces are wanted.</summary>
    public ActivityContext Caller { get; } = Telemetry.Caller;

    /// <summary>Whether a try of it may have reached the ledger without an answer.</summary>
    public bool MayBeDecided { get; private set; }

    /// <summary>Why no try has got through; what was seen of the network tells the most.</summary>
    public Exception? LastError { get; private set; }

    /// <summary>A try failed.</summary>
    public void Note(Exception error)
    {
        MayBeDecided |= error is OutcomeUnknownException;
        if (LastError is null || error.InnerException is HttpRequestException) LastError = error;
    }

    /// <summary>Takes it for sending; false when its caller gave up before.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    /// <summary>Puts it back among those that wait.</summary>
    public void Untake() => Volatile.Write(ref _state, Waiting);

    /// <summary>Nobody waits for it any more; it need not be sent if it has not been.</summary>
    public void GiveUp() => Interlocked.CompareExchange(ref _state, GivenUp, Waiting);

    /// <summary>Its deadline is over.</summary>
    public void Expire() => TrySetException(MayBeDecided
        ? HttpTransport.Unknown(request.Id!, LastError)
        : HttpTransport.NotSent(LastError));
}
