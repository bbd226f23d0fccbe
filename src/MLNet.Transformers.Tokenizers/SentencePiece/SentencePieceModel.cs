namespace MLNet.Transformers.Tokenizers;

/// <summary>A model of the SentencePiece library, as its <c>.model</c> and <c>.spm</c> files hold it.</summary>
/// <seealso href="https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto"/>
public sealed record SentencePieceModel
{
    /// <summary>The pieces in the order of their ids.</summary>
    public required IReadOnlyList<SentencePiece> Pieces { get; init; }

    /// <summary>How words are cut.</summary>
    public SentencePieceAlgorithm Algorithm { get; init; } = SentencePieceAlgorithm.Unigram;

    /// <summary>Whether characters that no piece has become their UTF-8 bytes.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>The piece that begins a sentence, if the model has it.</summary>
    public string BeginningOfSentence { get; init; } = "<s>";

    /// <summary>The piece that ends a sentence, if the model has it.</summary>
    public string EndOfSentence { get; init; } = "</s>";

    /// <summary>The piece that fills shorter texts, if the model has it.</summary>
    public string Padding { get; init; } = "<pad>";

    /// <summary>Whether <c>▁</c> ends words instead of beginning them.</summary>
    public bool TreatsSpaceAsSuffix { get; init; }

    /// <summary>Whether a space is put before the text.</summary>
    public bool AddsDummyPrefix { get; init; } = true;

    /// <summary>Whether spaces around the text go, and runs of them become one.</summary>
    public bool RemovesExtraSpaces { get; init; } = true;

    /// <summary>Whether spaces become <c>▁</c>.</summary>
    public bool EscapesSpaces { get; init; } = true;

    /// <summary>The compiled normalization rules; empty for none.</summary>
    public ReadOnlyMemory<byte> CharacterMap { get; init; }

    /// <summary>Reads a <c>.model</c> or <c>.spm</c> file.</summary>
    /// <exception cref="InvalidDataException">The file is no SentencePiece model.</exception>
    public static SentencePieceModel Load(string path)
    {
        try
        {
            return Read(File.ReadAllBytes(path));
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"'{path}' is no SentencePiece model. {exception.Message}", exception);
        }
    }

    /// <summary>Reads the contents of a <c>.model</c> or <c>.spm</c> file.</summary>
    /// <exception cref="InvalidDataException">The bytes are no SentencePiece model.</exception>
    public static SentencePieceModel Read(ReadOnlySpan<byte> bytes)
    {
        List<SentencePiece> pieces = [];
        SentencePieceModel model = new() { Pieces = pieces };
        ProtocolBufferReader reader = new(bytes);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    pieces.Add(ReadPiece(reader.ReadBytes()));
                    break;
                case 2:
                    model = model.WithTrainerSettings(reader.ReadBytes());
                    break;
                case 3:
                    model = model.WithNormalizerSettings(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return pieces.Count > 0 ? model : throw new InvalidDataException("It has no pieces.");
    }

    /// <summary>The model with the ids of another vocabulary, such as the <c>vocab.json</c> beside Marian's <c>source.spm</c>.</summary>
    /// <remarks>Tokens that the model does not have are never found in a text; pieces that the vocabulary does not have are left out.</remarks>
    /// <exception cref="ArgumentException">The ids of the vocabulary have gaps.</exception>
    public SentencePieceModel WithVocabulary(Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (vocabulary.Count != vocabulary.IdLimit)
        {
            throw new ArgumentException("The ids of the vocabulary have gaps.", nameof(vocabulary));
        }
        Dictionary<string, SentencePiece> known = Pieces.ToDictionary(piece => piece.Text, StringComparer.Ordinal);
        return this with
        {
            Pieces =
            [
                .. vocabulary.Tokens.Select(token => known.TryGetValue(token.Key, out SentencePiece piece)
                    ? piece
                    : new SentencePiece(token.Key, 0, token.Key == Padding ? SentencePieceType.Control : SentencePieceType.Unused)),
            ],
        };
    }

    /// <summary>A tokenizer that cuts text as the model does.</summary>
    /// <param name="addsBeginningOfSentence">Whether it puts <see cref="BeginningOfSentence"/> before each text.</param>
    /// <param name="addsEndOfSentence">Whether it puts <see cref="EndOfSentence"/> behind each text.</param>
    /// <remarks>Control pieces are special tokens, which are also found where a text spells them.</remarks>
    /// <exception cref="InvalidDataException">The model lacks such a piece, or cuts text in a way that no tokenizer part can.</exception>
    public TransformerTokenizer ToTokenizer(bool addsBeginningOfSentence = false, bool addsEndOfSentence = false) =>
        new SentencePieceConversion(this).Convert(addsBeginningOfSentence, addsEndOfSentence);

    private static SentencePiece ReadPiece(ReadOnlySpan<byte> message)
    {
        SentencePiece piece = new("", 0, SentencePieceType.Normal);
        ProtocolBufferReader reader = new(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    piece = piece with { Text = reader.ReadString() };
                    break;
                case 2:
                    piece = piece with { Score = reader.ReadSingle() };
                    break;
                case 3:
                    piece = piece with { Type = (SentencePieceType)reader.ReadInt32() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return piece;
    }

    private SentencePieceModel WithTrainerSettings(ReadOnlySpan<byte> message)
    {
        SentencePieceModel model = this;
        ProtocolBufferReader reader = new(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 3:
                    model = model with { Algorithm = (SentencePieceAlgorithm)reader.ReadInt32() };
                    break;
                case 24:
                    model = model with { TreatsSpaceAsSuffix = reader.ReadBoolean() };
                    break;
                case 35:
                    model = model with { ByteFallback = reader.ReadBoolean() };
                    break;
                case 46:
                    model = model with { BeginningOfSentence = reader.ReadString() };
                    break;
                case 47:
                    model = model with { EndOfSentence = reader.ReadString() };
                    break;
                case 48:
                    model = model with { Padding = reader.ReadString() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return model;
    }

    private SentencePieceModel WithNormalizerSettings(ReadOnlySpan<byte> message)
    {
        SentencePieceModel model = this;
        ProtocolBufferReader reader = new(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 2:
                    model = model with { CharacterMap = reader.ReadBytes().ToArray() };
                    break;
                case 3:
                    model = model with { AddsDummyPrefix = reader.ReadBoolean() };
                    break;
                case 4:
                    model = model with { RemovesExtraSpaces = reader.ReadBoolean() };
                    break;
                case 5:
                    model = model with { EscapesSpaces = reader.ReadBoolean() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return model;
    }
}
