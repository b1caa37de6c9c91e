namespace Settle.Simulation;

/// <summary>
/// Somebody who wants things from a ledger: asks a server or runs a command line, waits, asks again
/// elsewhere, gives up.
/// </summary>
internal sealed class Client(World world, string name, IWishes wishes, int calls)
{
    private const long PatienceMax = 3_000_000;

    private readonly Dice _dice = world.Dice;

    /// <summary>What it never heard a verdict about.</summary>
    public List<Wish> Pending { get; } = [];

    public async Task RunAsync()
    {
        for (var i = 0; i < calls; i++)
        {
            await WaitAsync().ConfigureAwait(false);
            Wish[] wanted = _dice.Below(4) == 0 ? wishes.Batch(1 + _dice.Below(4))
                : [wishes.Next()];
            if (!await InsistAsync(wanted, 1 + _dice.Below(5)).ConfigureAwait(false))
                Pending.AddRange(wanted);
            if (_dice.Below(4) == 0) Look();
        }
    }

    /// <summary>Asks until there is a verdict; false when it gives up.</summary>
    public async Task<bool> InsistAsync(IReadOnlyList<Wish> wanted, int triesMax)
    {
        for (var attempt = 0; attempt < triesMax; attempt++)
        {
            if (attempt > 0)
            {
                await world.Timeline.DelayAsync(_dice.Between(1_000, 200_000))
                    .ConfigureAwait(false);
            }
            var replies = _dice.Chance(world.CommandLines)
                ? await RunCommandAsync(wanted).ConfigureAwait(false)
                : await AskAsync(_dice.Of(world.Servers), wanted).ConfigureAwait(false);
            if (replies.All(reply => reply.IsFinal)) return true;
            // A client that hears that nothing was decided can rely on it.
            if (world.Faults.AreOn && replies[0].Kind == ReplyKind.Undecided && _dice.Chance(300))
                return true;
        }
        return false;
    }

    private async Task<IReadOnlyList<Reply>> AskAsync(Server server, IReadOnlyList<Wish> wanted)
    {
        var heard = new TaskCompletionSource<IReadOnlyList<Reply>>();
        var sentAt = world.Timeline.Steps;
        world.Sent(wanted);
        if (world.Trace.IsKept) world.Say(name, $"asks {server.Name}: {Text(wanted)}");
        var deliveries = world.Faults.Happens(Faults.Network, _dice) ? 2 : 1;
        for (var i = 0; i < deliveries; i++)
        {
            var delay = i == 0 ? Delay() : _dice.Between(1_000, 400_000);
            world.Timeline.Expect(delay);
            world.Timeline.After(delay, null, () => Deliver(server, wanted, sentAt, heard));
        }
        world.Timeline.After(PatienceMax, null, () => heard.TrySetResult(
            [new Reply(ReplyKind.Silence)]));
        return await heard.Task.ConfigureAwait(false);
    }

    private void Deliver(Server server, IReadOnlyList<Wish> wanted, long sentAt,
        TaskCompletionSource<IReadOnlyList<Reply>> heard)
    {
        if (world.Faults.Happens(Faults.Network, _dice)) return;
        if (server.Ledger is null)
        {
            world.Timeline.After(Delay(), null, () => heard.TrySetResult(
                [new Reply(ReplyKind.Closed)]));
            return;
        }
        _ = AnswerAsync(server.Machine!, wanted, sentAt, heard);
    }

    private async Task AnswerAsync(Machine machine, IReadOnlyList<Wish> wanted, long sentAt,
        TaskCompletionSource<IReadOnlyList<Reply>> heard)
    {
        var replies = await world.CallAsync(machine, wanted, sentAt, name).ConfigureAwait(false);
        if (world.Faults.Happens(Faults.Network, _dice)) return;
        world.Timeline.After(Delay(), null, () => heard.TrySetResult(replies));
    }

    /// <summary>A process that opens the ledger, asks, and closes it.</summary>
    private async Task<IReadOnlyList<Reply>> RunCommandAsync(IReadOnlyList<Wish> wanted)
    {
        var heard = new TaskCompletionSource<IReadOnlyList<Reply>>();
        var machine = world.NewMachine($"{name}-{world.Timeline.Steps}");
        machine.Died = () => world.Timeline.After(1, null, () => heard.TrySetResult(
            [new Reply(ReplyKind.Closed)]));
        world.Sent(wanted);
        _ = CommandAsync(machine, wanted, heard);
        if (world.Faults.Happens(Faults.Crash, _dice))
            world.Timeline.After(_dice.Between(0, 5_000), machine, () => world.Crash(machine));
        return await heard.Task.ConfigureAwait(false);
    }

    private async Task CommandAsync(Machine machine, IReadOnlyList<Wish> wanted,
        TaskCompletionSource<IReadOnlyList<Reply>> heard)
    {
        var sentAt = world.Timeline.Steps;
        if (world.Trace.IsKept) world.Say(name, $"runs {machine.Name}: {Text(wanted)}");
        try
        {
            await machine.OpenAsync().ConfigureAwait(false);
            var replies =
                await world.CallAsync(machine, wanted, sentAt, name).ConfigureAwait(false);
            await machine.Ledger!.DisposeAsync().ConfigureAwait(false);
            world.Timeline.After(1, null, () => heard.TrySetResult(replies));
        }
        catch (StoreUnavailableException)
        {
            machine.Die(); // Says so to who waits.
        }
        catch (Exception e)
        {
            world.Fail("command line", $"{machine.Name}: {e}");
        }
    }

    private void Look()
    {
        var server = _dice.Of(world.Servers);
        if (server.Ledger is not null)
            _ = world.LookAsync(server.Machine!);
    }

    private Task WaitAsync() => world.Timeline.DelayAsync(_dice.Below(3) switch
    {
        0 => 0,
        1 => _dice.Between(0, 2_000),
        _ => _dice.Between(0, 200_000),
    });

    private long Delay() => _dice.Between(20, 500);

    private static string Text(IReadOnlyList<Wish> wanted) => string.Join("; ", wanted);
}
