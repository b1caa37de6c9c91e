namespace Settle.Simulation;

/// <summary>Somebody who sends requests, one after the other, each until it is answered.</summary>
/// <param name="wishes">What it wants, in order.</param>
internal sealed class SiteClient(Queue<SiteWish> wishes)
{
    // Sites never send a client around in circles for long; who is sent on more often has asked
    // for what no site can decide under that id.
    private const int SentOnMax = 8;

    private int _sentOn;

    /// <summary>What it waits for; null when it has all.</summary>
    public SiteWish? Pending => wishes.TryPeek(out var wish) ? wish : null;

    /// <summary>Where it was told to go.</summary>
    public string? Directed { get; private set; }

    public bool IsDone => wishes.Count == 0;

    /// <summary>It wants something more.</summary>
    public void Want(SiteWish wish) => wishes.Enqueue(wish);

    /// <summary>It hears from a site what became of a request.</summary>
    public void Hear(SiteWish wish, SiteVerdict verdict, string teller)
    {
        if (wish.Id != Pending?.Id) return;
        if (verdict is { Height: 0, Refusal: not RefusalCode.None })
        {
            // The site that its id names sends it away: that id will not do.
            if (teller != wish.Site && ++_sentOn < SentOnMax)
            {
                Directed = verdict.Site;
                return;
            }
        }
        wishes.Dequeue();
        (Directed, _sentOn) = (null, 0);
    }

    /// <summary>Where it was sent cannot answer any more.</summary>
    public void Forget() => Directed = null;
}
