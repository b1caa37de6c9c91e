namespace Settle;

/// <summary>Two blocks of one site at one height: it is followed no further (S6).</summary>
internal static class ForkKind
{
    /// <param name="batch">Where it goes.</param>
    /// <param name="request">To be filled.</param>
    /// <param name="site">Whose blocks they are.</param>
    /// <param name="height">Their height.</param>
    /// <param name="hashes">Of both, the smaller first.</param>
    public static void Fill(RequestBatch batch, ref Request request, string site, long height,
        (BlockHash First, BlockHash Second) hashes)
    {
        ref var terms = ref batch.AddSite(ref request);
        terms.Name = batch.Append("site", site);
        terms.Height = height;
        terms.Hashes = batch.Append("hashes", $"[\"{hashes.First}\",\"{hashes.Second}\"]");
    }
}
