using System.Net;

namespace Settle.Simulation;

/// <summary>
/// One machine's way to the database: takes the place of the network below the product's HTTP
/// client. What is on its way when the machine dies arrives or does not.
/// </summary>
internal sealed class DatabaseGate(
    Timeline timeline, Machine owner, DatabasePlace place, FaultRates faults) : HttpMessageHandler
{
    private const long BrokenOffMicroseconds = 1_000_000;
    private const string Oops = """{"error":"internal_server_error","reason":"no answer"}""";

    private readonly Dice _dice = timeline.Dice;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<(int Status, string Body)>();
        using var gaveUp = cancellation.Register(() => answer.TrySetCanceled(cancellation));
        var body = request.Content is null ? null
            : await request.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        var asked = new DatabaseRequest(
            place.Database, request.Method, request.RequestUri!.OriginalString, body, owner.Name);
        if (place.IsAway || place.Admitted?.Contains(owner) == false)
            Refuse(asked, answer, "the database is being put back");
        else if (asked.IsLongPoll) Wait(asked, answer);
        else if (asked.IsWrite) Write(asked, answer);
        else Read(asked, answer);
        var (status, text) = await answer.Task.ConfigureAwait(false);
        return new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)),
        };
    }

    private void Read(DatabaseRequest asked, TaskCompletionSource<(int Status, string Body)> answer)
    {
        if (faults.Happens(Faults.ReadError, _dice))
        {
            Refuse(asked, answer, "the database is away");
            return;
        }
        timeline.After(Delay(), owner, () =>
        {
            if (!asked.IsFor(place.Database))
            {
                BreakOff(answer);
                return;
            }
            var (status, text) = asked.Do();
            Answer(answer, status, text);
        });
    }

    private void Write(
        DatabaseRequest asked, TaskCompletionSource<(int Status, string Body)> answer)
    {
        if (place.IsFull || faults.Happens(Faults.Unavailable, _dice))
        {
            Refuse(asked, answer, place.IsFull ? "the disk is full" : "the database is away");
        }
        else if (faults.Happens(Faults.LostRequest, _dice))
        {
            Say($"{asked}: the request is lost");
            BreakOff(answer);
        }
        else if (faults.Happens(Faults.LateLanding, _dice))
        {
            Land(asked, BrokenOffMicroseconds + Delay() + _dice.Below(500_000));
            BreakOff(answer);
        }
        else
        {
            if (faults.Happens(Faults.Duplicate, _dice))
                Land(asked, Delay() + _dice.Below(20_000));
            Send(asked, answer);
        }
    }

    private void Send(
        DatabaseRequest asked, TaskCompletionSource<(int Status, string Body)> answer)
    {
        var losesAnswer = faults.Happens(Faults.LostAnswer, _dice);
        var arrivesAnyway = _dice.Chance(500);
        timeline.After(Delay(), null, () =>
        {
            if (!owner.IsAlive && !arrivesAnyway) return;
            if (!asked.IsFor(place.Database))
            {
                BreakOff(answer);
                return;
            }
            if (faults.Happens(Faults.Crash, _dice) && _dice.Chance(500))
            {
                Say($"dies at {asked}");
                owner.Die();
                if (!arrivesAnyway) return;
            }
            var (status, text) = asked.Do();
            Say($"{asked}: {status}{(losesAnswer ? ", but the answer is lost" : "")}");
            if (losesAnswer) BreakOff(answer);
            else Answer(answer, status, text);
            if (!faults.Happens(Faults.Crash, _dice)) return;
            Say($"dies after {asked}");
            owner.Die();
        });
    }

    // Answers when something changes, or after a while in any case.
    private void Wait(DatabaseRequest asked, TaskCompletionSource<(int Status, string Body)> answer)
    {
        if (asked.HasNews)
        {
            Read(asked, answer);
            return;
        }
        var isOver = false;
        void Wake(DatabaseDocument document, DatabaseRevision revision)
        {
            if (!asked.HasNews) return;
            End();
        }
        void End()
        {
            if (isOver) return;
            isOver = true;
            place.Database.Written -= Wake;
            Read(asked, answer);
        }
        place.Database.Written += Wake;
        timeline.After(asked.TimeoutMicroseconds, owner, End);
    }

    private void Land(DatabaseRequest asked, long delay) => timeline.After(delay, null, () =>
    {
        if (!asked.IsFor(place.Database)) return;
        var (status, _) = asked.Do();
        Say($"{asked}: {status}, sent earlier");
    });

    // Either nobody is there, or somebody says no.
    private void Refuse(DatabaseRequest asked,
        TaskCompletionSource<(int Status, string Body)> answer, string why)
    {
        Say($"{asked}: {why}");
        if (_dice.Chance(500)) Answer(answer, 500, Oops);
        else Fail(answer, Delay(), HttpRequestError.ConnectionError);
    }

    private void BreakOff(TaskCompletionSource<(int Status, string Body)> answer) =>
        Fail(answer, BrokenOffMicroseconds, HttpRequestError.ResponseEnded);

    private void Answer(
        TaskCompletionSource<(int Status, string Body)> answer, int status, string text) =>
        timeline.After(Delay(), owner, () => answer.TrySetResult((status, text)));

    private void Fail(TaskCompletionSource<(int Status, string Body)> answer, long delay,
        HttpRequestError error) => timeline.After(delay, owner,
            () => answer.TrySetException(new HttpRequestException(error, $"{error}")));

    private long Delay() => faults.Happens(Faults.Slow, _dice)
        ? _dice.Between(10_000, 900_000) : _dice.Between(20, 400);

    private void Say(string what)
    {
        if (timeline.Trace.IsKept) timeline.Trace.Add(timeline.Now, owner.Name, what);
    }
}
