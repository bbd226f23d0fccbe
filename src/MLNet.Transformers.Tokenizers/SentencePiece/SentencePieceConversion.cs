using System.Text;
using System.Text.RegularExpressions;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Makes a tokenizer of the parts that do together what a SentencePiece model does.</summary>
/// <seealso href="https://github.com/google/sentencepiece/blob/master/doc/normalization.md"/>
internal sealed class SentencePieceConversion(SentencePieceModel model)
{
    private const string Space = " ";
    private const string VisibleSpace = "\u2581";

    public TransformerTokenizer Convert(bool addsBeginningOfSentence, bool addsEndOfSentence)
    {
        TokenizerPipeline pipeline = new(MakeAlgorithm())
        {
            AddedTokens = MakeAddedTokens(),
            Normalizer = MakeNormalizer(),
            PreTokenizer = MakePreTokenizer(),
            PostProcessor = MakePostProcessor(addsBeginningOfSentence, addsEndOfSentence),
            Decoder = MakeDecoder(),
        };
        return new TransformerTokenizer(pipeline, new SpecialTokens
        {
            Unknown = model.Pieces.FirstOrDefault(piece => piece.Type == SentencePieceType.Unknown).Text,
            BeginningOfSentence = FindControl(model.BeginningOfSentence),
            EndOfSentence = FindControl(model.EndOfSentence),
            Padding = FindControl(model.Padding),
        });
    }

    private TokenizationAlgorithm MakeAlgorithm() => model.Algorithm switch
    {
        SentencePieceAlgorithm.Unigram or SentencePieceAlgorithm.Character => MakeUnigram(),
        SentencePieceAlgorithm.BytePairEncoding => MakeBytePairEncoding(),
        _ => throw new InvalidDataException($"SentencePiece models of type {model.Algorithm} are not supported."),
    };

    private Unigram MakeUnigram()
    {
        // No less than 0, since the library starts its search for the greatest score there.
        double greatest = model.Pieces.Where(piece => piece.Type == SentencePieceType.Normal).Select(piece => piece.Score).Append(0).Max();
        UnigramPiece[] pieces =
        [
            .. model.Pieces.Select(piece => new UnigramPiece(piece.Text, piece.Type switch
            {
                SentencePieceType.Normal => piece.Score,
                // More probable than anything of its length, so that it is never cut.
                SentencePieceType.UserDefined => (Encoding.UTF8.GetByteCount(piece.Text) * greatest) - 0.1,
                SentencePieceType.Byte or SentencePieceType.Unused => UnigramPiece.NeverFound,
                _ => 0,
            })),
        ];
        return new Unigram(pieces, FindUnknown(), model.ByteFallback) { RoundsScores = true };
    }

    private BytePairEncoding MakeBytePairEncoding()
    {
        if (model.Pieces.Any(piece => piece.Type == SentencePieceType.Unused))
        {
            throw new InvalidDataException("A SentencePiece model of byte-pair encoding with unused pieces is not supported.");
        }
        Dictionary<string, int> ids = [];
        for (int id = 0; id < model.Pieces.Count; id++)
        {
            ids.TryAdd(model.Pieces[id].Text, id);
        }
        return new BytePairEncoding(new Vocabulary(ids), FindMerges(ids), new BytePairOptions
        {
            UnknownToken = FindUnknown() is { } unknown ? model.Pieces[unknown].Text : null,
            FusesUnknown = true,
            ByteFallback = model.ByteFallback,
            IgnoresMerges = UserDefinedPieces.Any(),
        });
    }

    // Any two pieces merge that make a piece together, the one with the best score first.
    private IEnumerable<(string, string)> FindMerges(Dictionary<string, int> ids)
    {
        foreach (SentencePiece piece in model.Pieces.Where(piece => piece.Type == SentencePieceType.Normal).OrderByDescending(piece => piece.Score))
        {
            string text = piece.Text;
            foreach (int cut in Enumerable.Range(1, text.Length - 1)
                .Where(cut => ids.ContainsKey(text[..cut]) && ids.ContainsKey(text[cut..]))
                .OrderBy(cut => ids[text[..cut]])
                .ThenBy(cut => ids[text[cut..]]))
            {
                yield return (text[..cut], text[cut..]);
            }
        }
    }

    private AddedToken[] MakeAddedTokens() =>
    [
        .. model.Pieces
            .Select((piece, id) => (piece.Text, piece.Type, Id: id))
            .Where(piece => piece.Type is SentencePieceType.Control or SentencePieceType.Unknown)
            .Select(piece => new AddedToken(piece.Text, piece.Id) { Special = true }),
    ];

    // Merging neither cuts nor joins the pieces that it gets alone.
    private SplitPreTokenizer? MakePreTokenizer() =>
        model.Algorithm == SentencePieceAlgorithm.BytePairEncoding && UserDefinedPieces.Any()
            ? new SplitPreTokenizer(
                TextPattern.Regex(string.Join('|', UserDefinedPieces.OrderByDescending(text => text.Length).Select(Regex.Escape))),
                DelimiterBehavior.Isolated)
            : null;

    private IEnumerable<string> UserDefinedPieces =>
        model.Pieces.Where(piece => piece.Type == SentencePieceType.UserDefined).Select(piece => piece.Text);

    private SequenceNormalizer MakeNormalizer()
    {
        List<TextNormalizer> steps = [];
        if (!model.CharacterMap.IsEmpty)
        {
            steps.Add(new PrecompiledNormalizer(model.CharacterMap.Span) { MatchesLongest = true });
        }
        bool addsSuffix = model.AddsDummyPrefix && model.TreatsSpaceAsSuffix;
        if (model.RemovesExtraSpaces)
        {
            string any = $"[{Space}{VisibleSpace}]", other = $"[^{Space}{VisibleSpace}]";
            steps.Add(new ReplaceNormalizer(TextPattern.Regex($@"\A{Space}+"), ""));
            steps.Add(addsSuffix
                ? new ReplaceNormalizer(TextPattern.Regex($@"(?<={other}){any}*\z|\A{any}+\z"), Space)
                : new ReplaceNormalizer(TextPattern.Regex($@"{any}+\z"), ""));
            steps.Add(new ReplaceNormalizer(TextPattern.Regex($"{Space}{{2,}}"), Space));
        }
        else if (addsSuffix)
        {
            steps.Add(new ReplaceNormalizer(TextPattern.Regex(@"(?<=[\s\S])\z"), Space));
        }
        if (model.AddsDummyPrefix && !model.TreatsSpaceAsSuffix)
        {
            steps.Add(new PrependNormalizer(Space));
        }
        if (model.EscapesSpaces)
        {
            steps.Add(new ReplaceNormalizer(TextPattern.Literal(Space), VisibleSpace));
        }
        return new SequenceNormalizer(steps);
    }

    private SequenceDecoder MakeDecoder()
    {
        List<TokenDecoder> steps = [new ReplaceDecoder(TextPattern.Literal(VisibleSpace), Space), new ByteFallbackDecoder(), new FuseDecoder()];
        if (model.RemovesExtraSpaces || model.AddsDummyPrefix)
        {
            steps.Add(new StripDecoder(new Rune(' '), atStart: model.RemovesExtraSpaces ? int.MaxValue : 1));
        }
        return new SequenceDecoder(steps);
    }

    private TemplatePostProcessor? MakePostProcessor(bool addsBeginningOfSentence, bool addsEndOfSentence)
    {
        if (!addsBeginningOfSentence && !addsEndOfSentence)
        {
            return null;
        }
        string[] before = addsBeginningOfSentence ? [Require(model.BeginningOfSentence)] : [];
        string[] after = addsEndOfSentence ? [Require(model.EndOfSentence)] : [];
        TemplateItem[] Around(TemplateItem text) =>
        [
            .. before.Select(token => new TemplateItem.Special(token, text.TypeId)),
            text,
            .. after.Select(token => new TemplateItem.Special(token, text.TypeId)),
        ];
        return new TemplatePostProcessor(
            Around(new TemplateItem.First()),
            [.. Around(new TemplateItem.First()), .. Around(new TemplateItem.Second())],
            before.Concat(after).ToDictionary(token => token, IReadOnlyList<(string, int)> (token) => [(token, FindId(token))]));
    }

    private string Require(string control) =>
        FindControl(control) ?? throw new InvalidDataException($"The SentencePiece model has no control piece '{control}'.");

    private string? FindControl(string text) =>
        model.Pieces.Any(piece => piece.Text == text && piece.Type == SentencePieceType.Control) ? text : null;

    private int FindId(string text) => model.Pieces.Select((piece, id) => (piece.Text, Id: id)).First(piece => piece.Text == text).Id;

    private int? FindUnknown() =>
        model.Pieces.Select((piece, id) => (piece.Type, Id: (int?)id)).FirstOrDefault(piece => piece.Type == SentencePieceType.Unknown).Id;
}
