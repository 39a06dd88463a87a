using Microsoft.EntityFrameworkCore;

namespace Workflow.Engine.Storage;

/// <summary>The tables of people at work: certificates, contacts, notices, rosters, absences, hand-overs.</summary>
internal static class StaffModel
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<CertificateRow>(row =>
        {
            row.ToTable("certificates").HasKey(certificate => new { certificate.UserId, certificate.Kind, certificate.Number });
            row.Property(certificate => certificate.UserId).HasMaxLength(KeyLength.UserId);
            row.Property(certificate => certificate.Kind).HasMaxLength(KeyLength.Certificate);
            row.Property(certificate => certificate.Number).HasMaxLength(KeyLength.Certificate);
        });
        model.Entity<ContactRow>(row =>
        {
            row.ToTable("contacts").HasKey(contact => new { contact.UserId, contact.Channel });
            row.Property(contact => contact.UserId).HasMaxLength(KeyLength.UserId);
            row.Property(contact => contact.Channel).HasMaxLength(KeyLength.Channel);
        });
        model.Entity<NotificationRow>(row =>
        {
            row.ToTable("notifications").HasKey(notice => new { notice.InstanceId, notice.Number });
            row.Property(notice => notice.UserId).HasMaxLength(KeyLength.UserId);
            row.HasIndex(notice => new { notice.UserId, notice.At });
        });
        model.Entity<ShiftRow>(row =>
        {
            row.ToTable("shifts").HasKey(shift => shift.Id);
            row.Property(shift => shift.Id).HasMaxLength(KeyLength.Shift);
        });
        model.Entity<DutyRow>(row =>
        {
            row.ToTable("duties").HasKey(duty => new { duty.TeamId, duty.Shift, duty.UserId, duty.From, duty.Days });
            row.Property(duty => duty.TeamId).HasMaxLength(KeyLength.TeamId);
            row.Property(duty => duty.Shift).HasMaxLength(KeyLength.Shift);
            row.Property(duty => duty.UserId).HasMaxLength(KeyLength.UserId);
        });
        model.Entity<AbsenceRow>(row =>
        {
            row.ToTable("absences").HasKey(absence => new { absence.UserId, absence.From });
            row.Property(absence => absence.UserId).HasMaxLength(KeyLength.UserId);
            row.Property(absence => absence.SubstituteId).HasMaxLength(KeyLength.UserId);
        });
        model.Entity<ShiftHandoverRow>(row =>
        {
            row.ToTable("shift_handovers").HasKey(handover => handover.Id);
            row.Property(handover => handover.TeamId).HasMaxLength(KeyLength.TeamId);
            row.HasIndex(handover => new { handover.TeamId, handover.At });
        });
    }
}
