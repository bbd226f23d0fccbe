namespace MLNet.Transformers.Models;

/// <summary>Where each place of a result comes from in its source: x' = A x + B y + C, y' = D x + E y + F.</summary>
internal readonly record struct AffineMap(double A, double B, double C, double D, double E, double F)
{
    /// <summary>A turn around the middle of an image, counter-clockwise.</summary>
    public static AffineMap Rotation(double degrees, int width, int height)
    {
        var angle = -double.DegreesToRadians(degrees);
        var (cosine, sine) = (Math.Round(Math.Cos(angle), 15), Math.Round(Math.Sin(angle), 15));
        return new AffineMap(cosine, sine, 0, Math.Round(-Math.Sin(angle), 15), cosine, 0).Around(width / 2.0, height / 2.0, 0, 0);
    }

    /// <summary>The inverse of: shear, turn clockwise and scale around a point, then move.</summary>
    /// <param name="degrees">The turn.</param>
    /// <param name="translation">The move, in pixels.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="shear">Degrees of the shears along x and y.</param>
    /// <param name="center">The point.</param>
    public static AffineMap Inverse(double degrees, (double X, double Y) translation, double scale, (double X, double Y) shear, (double X, double Y) center)
    {
        var (turn, shearX, shearY) = (double.DegreesToRadians(degrees), double.DegreesToRadians(shear.X), double.DegreesToRadians(shear.Y));
        var a = Math.Cos(turn - shearY) / Math.Cos(shearY);
        var b = (-Math.Cos(turn - shearY) * Math.Tan(shearX) / Math.Cos(shearY)) - Math.Sin(turn);
        var c = Math.Sin(turn - shearY) / Math.Cos(shearY);
        var d = (-Math.Sin(turn - shearY) * Math.Tan(shearX) / Math.Cos(shearY)) + Math.Cos(turn);
        return new AffineMap(d / scale, -b / scale, 0, -c / scale, a / scale, 0).Around(center.X, center.Y, translation.X, translation.Y);
    }

    /// <summary>The x that a place comes from.</summary>
    public double X(double x, double y) => (A * x) + (B * y) + C;

    /// <summary>The y that a place comes from.</summary>
    public double Y(double x, double y) => (D * x) + (E * y) + F;

    private AffineMap Around(double x, double y, double moveX, double moveY) =>
        this with { C = X(-x - moveX, -y - moveY) + x, F = Y(-x - moveX, -y - moveY) + y };
}
