namespace Settle.Stores;

/// <summary>A store that tells of new documents, so that nobody has to ask all the time.</summary>
internal interface IFollowable
{
    /// <summary>Whether it tells of them just now.</summary>
    bool IsFollowed { get; }

    /// <summary>For how long its silence is believed; then somebody had better look.</summary>
    TimeSpan SilenceMax { get; }

    /// <summary>Tells of documents until it is cancelled, or until the store cannot.</summary>
    /// <param name="onDocument">
    /// Told the id of each document soon after it was written; null when some may have been missed.
    /// </param>
    /// <param name="cancellation">Ends it.</param>
    Task FollowAsync(Action<string?> onDocument, CancellationToken cancellation);
}
