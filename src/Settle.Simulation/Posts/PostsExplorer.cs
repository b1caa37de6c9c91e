namespace Settle.Simulation;

/// <summary>
/// Every order of the steps of the algorithm published in 2014, for three clients of a transfer
/// each, with current reads; each of them may die between any two steps.
/// </summary>
/// <param name="isStaged">
/// Whether the store gives each insert its timestamp. Else a client reads a perfect clock in one
/// step and inserts in another.
/// </param>
internal sealed class PostsExplorer(bool isStaged)
{
    private const int Clients = PostsCase.Clients;
    private const int ClockAt = Clients * PostsClient.Bits;

    private readonly List<string> _steps = [];

    /// <summary>Different states of all cases that were seen.</summary>
    public long States { get; private set; }

    /// <summary>The cases that were explored to their end.</summary>
    public int Cases { get; private set; }

    /// <summary>The steps that lead to what <see cref="Explore"/> returned.</summary>
    public IReadOnlyList<string> Steps => _steps;

    /// <returns>The first overdraft; null for none.</returns>
    public Violation? Explore(CancellationToken cancellation = default)
    {
        foreach (var each in PostsCase.All)
        {
            cancellation.ThrowIfCancellationRequested();
            if (FindIn(each) is { } violation) return violation;
            Cases++;
        }
        return null;
    }

    // Breadth first, so that what is found has the fewest steps.
    private Violation? FindIn(PostsCase wanted)
    {
        var before = new Dictionary<ulong, (ulong State, int Move)> { [0] = default };
        var open = new Queue<ulong>([0]);
        while (open.TryDequeue(out var state))
        {
            States++;
            // Each client makes its next step, or dies before it.
            for (var move = 0; move < 2 * Clients; move++)
            {
                if (Next(wanted, state, move, null) is not { } next
                    || !before.TryAdd(next, (state, move)))
                    continue;
                open.Enqueue(next);
                if (wanted.FindOverdraft(Unpack(next)) is not { } overdraft) continue;
                Tell(wanted, before, next);
                return new Violation("floor", overdraft);
            }
        }
        return null;
    }

    private void Tell(PostsCase wanted, Dictionary<ulong, (ulong State, int Move)> before,
        ulong last)
    {
        var moves = new Stack<(ulong State, int Move)>();
        for (var state = last; state != 0; state = before[state].State) moves.Push(before[state]);
        _steps.Add($"Alex has {wanted.Funds}");
        foreach (var (state, move) in moves) Next(wanted, state, move, _steps);
    }

    /// <summary>The state after a move; null when there is no such move.</summary>
    private ulong? Next(PostsCase wanted, ulong state, int move, List<string>? told)
    {
        var clients = Unpack(state);
        var clock = (int)(state >> ClockAt);
        var number = move % Clients;
        var client = clients[number];
        if (client.Step == PostsStep.End) return null;
        if (move >= Clients)
        {
            told?.Add($"client{number + 1} dies");
            clients[number] = client with { Step = PostsStep.End };
            return Pack(clients, clock);
        }
        string what;
        switch (client.Step)
        {
            case PostsStep.Begin:
                client = client with { Timestamp = clock++, Step = PostsStep.Insert };
                what = $"reads its clock: {client.Timestamp}";
                if (isStaged) goto case PostsStep.Insert;
                break;
            case PostsStep.Insert:
                what = $"inserts {wanted.Describe(number)}, timestamp {client.Timestamp}";
                client = client with
                {
                    Status = PostsStatus.Pending, Step = PostsStep.ReadOldest,
                };
                break;
            case PostsStep.ReadOldest:
                var oldest = Oldest(clients, client.Timestamp);
                what = $"reads oldest-pending: {(oldest < 0 ? "nothing" : $"t{oldest + 1}")}";
                client = oldest < 0 ? client with { Step = PostsStep.End }
                    : client with { Target = oldest, Step = PostsStep.ReadAvailable };
                break;
            case PostsStep.ReadAvailable:
                var available = wanted.Available(wanted.From[client.Target], clients);
                what = $"reads balance-available: {available}";
                client = client with
                {
                    Verdict = available >= wanted.Amounts[client.Target] ? 1 : 0,
                    Step = PostsStep.Write,
                };
                break;
            default:
                what = Write(clients, number, ref client);
                break;
        }
        told?.Add($"client{number + 1} {what}");
        clients[number] = client;
        return Pack(clients, clock);
    }

    // The revision is still the one that was read, or it is a conflict.
    private static string Write(PostsClient[] clients, int number, ref PostsClient client)
    {
        var (target, verdict) = (client.Target, client.Verdict == 1
            ? PostsStatus.Successful : PostsStatus.Rejected);
        var isPending = clients[target].Status == PostsStatus.Pending;
        if (isPending) clients[target] = clients[target] with { Status = verdict };
        // What it decides may be its own.
        client = (target == number ? clients[number] : client) with
        {
            Target = 0, Verdict = 0, Step = PostsStep.ReadOldest,
        };
        return $"writes t{target + 1} "
            + (verdict == PostsStatus.Successful ? "successful" : "rejected")
            + (isPending ? "" : ": conflict");
    }

    private static int Oldest(PostsClient[] clients, int until)
    {
        var oldest = -1;
        for (var i = 0; i < Clients; i++)
        {
            if (clients[i].Status == PostsStatus.Pending && clients[i].Timestamp <= until
                && (oldest < 0 || clients[i].Timestamp < clients[oldest].Timestamp))
                oldest = i;
        }
        return oldest;
    }

    private static ulong Pack(PostsClient[] clients, int clock)
    {
        var state = (ulong)clock << ClockAt;
        for (var i = 0; i < Clients; i++) state |= clients[i].Pack() << (i * PostsClient.Bits);
        return state;
    }

    private static PostsClient[] Unpack(ulong state)
    {
        var clients = new PostsClient[Clients];
        for (var i = 0; i < Clients; i++)
            clients[i] = PostsClient.Unpack(state >> (i * PostsClient.Bits));
        return clients;
    }
}
