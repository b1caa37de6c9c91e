namespace Settle.Simulation;

/// <summary>How far a client of the algorithm of 2014 has come, and what became of its
/// transfer.</summary>
/// <param name="Step">What it does next.</param>
/// <param name="Target">The transfer that it is deciding.</param>
/// <param name="Verdict">What it will write: 1 for successful.</param>
/// <param name="Timestamp">Its own transfer's.</param>
/// <param name="Status">Its own transfer's.</param>
internal readonly record struct PostsClient(
    PostsStep Step, int Target, int Verdict, int Timestamp, PostsStatus Status)
{
    public const int Bits = 10;

    public ulong Pack() => (ulong)Step | ((ulong)Target << 3) | ((ulong)Verdict << 5)
        | ((ulong)Timestamp << 6) | ((ulong)Status << 8);

    public static PostsClient Unpack(ulong bits) => new(
        (PostsStep)(bits & 7), (int)(bits >> 3 & 3), (int)(bits >> 5 & 1),
        (int)(bits >> 6 & 3), (PostsStatus)(bits >> 8 & 3));
}
