using System.Runtime.CompilerServices;
using Settle.Billing;

namespace Settle;

/// <summary>
/// A growable, reusable set of requests whose texts stand in one array of bytes. Not thread-safe.
/// </summary>
internal sealed class RequestBatch
{
    private byte[] _bytes;
    private int _length;
    private Request[] _requests;
    private RequestPosting[] _postings = [];
    private int _postingCount;
    private AccountTerms[] _terms = [];
    private int _termsCount;
    private BillingTerms[] _billing = [];
    private int _billingCount;

    private SiteTerms[] _sites = [];
    private int _siteCount;

    public RequestBatch(int requests = 1, int bytes = 256)
    {
        _requests = new Request[requests];
        _bytes = new byte[bytes];
    }

    public int Count { get; private set; }

    /// <summary>
    /// Whether the ledger has an account of this name: older rules let more names in. Null where
    /// no ledger is at hand.
    /// </summary>
    public Func<ReadOnlySpan<byte>, bool>? KnowsAccount { get; set; }

    public ref Request this[int index] => ref _requests[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes(Slice slice) => _bytes.AsSpan(slice.Start, slice.Length);

    public string Text(Slice slice) => Encoding.UTF8.GetString(Bytes(slice));

    public Span<RequestPosting> Postings(in Request request) =>
        _postings.AsSpan(request.ExtraStart, request.ExtraCount);

    public ref AccountTerms Terms(in Request request) => ref _terms[request.ExtraStart];

    public ref BillingTerms Billing(in Request request) => ref _billing[request.Billing];

    public ref SiteTerms Site(in Request request) => ref _sites[request.ExtraStart];

    public void Clear()
    {
        _siteCount = 0;
        (Count, _length, _postingCount, _termsCount) = (0, 0, 0, 0);
        _billingCount = 0;
    }

    /// <summary>Adds an empty request, to be filled in place.</summary>
    public ref Request Add(EntryKind kind)
    {
        if (Count == _requests.Length) Array.Resize(ref _requests, _requests.Length * 2);
        ref var request = ref _requests[Count++];
        request = default;
        request.Kind = kind;
        return ref request;
    }

    public ref RequestPosting AddPosting(ref Request request)
    {
        if (request.ExtraCount == 0) request.ExtraStart = _postingCount;
        if (_postingCount == _postings.Length)
            Array.Resize(ref _postings, _postings.Length == 0 ? 4 : _postings.Length * 2);
        request.ExtraCount++;
        ref var posting = ref _postings[_postingCount++];
        posting = default;
        return ref posting;
    }

    public ref AccountTerms AddTerms(ref Request request)
    {
        request.ExtraStart = _termsCount;
        if (_termsCount == _terms.Length)
            Array.Resize(ref _terms, _terms.Length == 0 ? 1 : _terms.Length * 2);
        ref var terms = ref _terms[_termsCount++];
        terms = AccountTerms.None;
        return ref terms;
    }

    public ref SiteTerms AddSite(ref Request request)
    {
        request.ExtraStart = _siteCount;
        if (_siteCount == _sites.Length)
            Array.Resize(ref _sites, _sites.Length == 0 ? 1 : _sites.Length * 2);
        ref var terms = ref _sites[_siteCount++];
        terms = default;
        return ref terms;
    }

    public ref BillingTerms AddBilling(ref Request request)
    {
        request.Billing = _billingCount;
        if (_billingCount == _billing.Length)
            Array.Resize(ref _billing, _billing.Length == 0 ? 1 : _billing.Length * 2);
        ref var terms = ref _billing[_billingCount++];
        terms = default;
        return ref terms;
    }

    /// <summary>Copies bytes into the batch.</summary>
    public Slice Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Reserve(utf8.Length));
        return Commit(utf8.Length);
    }

    /// <summary>Copies a text into the batch.</summary>
    /// <exception cref="InvalidRequestException">It holds a lone surrogate.</exception>
    public Slice Append(string field, string? text)
    {
        if (string.IsNullOrEmpty(text)) return default;
        var space = Reserve(text.Length * 3);
        if (System.Text.Unicode.Utf8.FromUtf16(
            text, space, out _, out var written, replaceInvalidSequences: false)
            != System.Buffers.OperationStatus.Done)
        {
            throw new InvalidRequestException(field, "must be valid Unicode");
        }
        return Commit(written);
    }

    /// <summary>
    /// Room for at least this many bytes at the end; <see cref="Commit"/> keeps what was used.
    /// </summary>
    public Span<byte> Reserve(int bytes)
    {
        if (_bytes.Length - _length < bytes)
            Array.Resize(ref _bytes, int.Max(_bytes.Length * 2, _length + bytes));
        return _bytes.AsSpan(_length);
    }

    public Slice Commit(int bytes)
    {
        var slice = new Slice(_length, bytes);
        _length += bytes;
        return slice;
    }
}
