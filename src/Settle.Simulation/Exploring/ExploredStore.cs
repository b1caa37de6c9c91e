using Settle.Stores;

namespace Settle.Simulation;

/// <summary>A store whose every step waits until the explorer lets it happen.</summary>
internal sealed class ExploredStore(Writer writer, Disk disk) : IStore
{
    private static readonly Fate[] FatesOfCreate =
    [
        Fate.Done, Fate.AnswerLost, Fate.RequestLost, Fate.Unavailable, Fate.DiesBefore,
        Fate.DiesAfter,
    ];

    private static readonly Fate[] FatesOfRead = [Fate.Done, Fate.Unavailable, Fate.DiesBefore];

    public string Location => "exploration";

    public bool KeepsBytes => true;

    public ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<CreateOutcome>();
        writer.Wait($"create {id}", FatesOfCreate, () => false, fate =>
        {
            var outcome = fate is Fate.Done or Fate.AnswerLost or Fate.DiesAfter
                ? disk.Create(id, body) : CreateOutcome.Exists;
            if (fate is Fate.DiesBefore or Fate.DiesAfter) return;
            writer.Process.Observe(fate == Fate.Done ? $"{outcome}" : $"{fate}");
            if (fate == Fate.Done) answer.SetResult(outcome);
            else if (fate == Fate.Unavailable) answer.SetException(Away());
            else answer.SetException(new WriteOutcomeUnknownException(id));
        });
        return new(answer.Task);
    }

    public ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation) => LookAsync(
            $"read from {idFrom}", () => disk.Read(idFrom, idTo, limit, int.MaxValue),
            found => string.Join(',', found.Select(Text)));

    public ValueTask<Document?> GetAsync(string id, CancellationToken cancellation) =>
        LookAsync($"get {id}", () => disk.Get(id, int.MaxValue),
            found => found is null ? "none" : Text(found));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ValueTask<T> LookAsync<T>(string text, Func<T> look, Func<T, string> describe)
    {
        var answer = new TaskCompletionSource<T>();
        writer.Wait(text, FatesOfRead, () => false, fate =>
        {
            if (fate == Fate.DiesBefore) return;
            if (fate == Fate.Unavailable)
            {
                writer.Process.Observe("unavailable");
                answer.SetException(Away());
                return;
            }
            var found = look();
            writer.Process.Observe(describe(found));
            answer.SetResult(found);
        });
        return new(answer.Task);
    }

    // Who wrote a block makes it this one and no other.
    private static string Text(Document document) =>
        document.Id + System.Text.Encoding.UTF8.GetString(document.Body.Span);

    private static StoreUnavailableException Away() => new("the explorer says so");
}
