// Two FTP servers, one for cameras and one for loggers, each with its own files and users, in an existing VPC. Their
// devices share one VPG and one peering, so each is billed once; a device selects its server by address.
package main

import (
	"fmt"

	"example.com/pulumi-canal-ftp/sdk/go/canalftp"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

type vpc struct {
	VpcID         string   `json:"vpcId"`
	Cidr          string   `json:"cidr"`
	SubnetIDs     []string `json:"subnetIds"`
	RouteTableIDs []string `json:"routeTableIds"`
}

func main() { pulumi.Run(program) }

func program(ctx *pulumi.Context) error {
	own := config.New(ctx, "")
	var existing vpc
	own.RequireObject("vpc", &existing)
	region := config.Require(ctx, "aws:region")

	owner := ctx.Project() + "/" + ctx.Stack()
	name := ctx.Project() + "-" + ctx.Stack()
	tags := pulumi.StringMap{
		"project":     pulumi.String(ctx.Project()),
		"stack":       pulumi.String(ctx.Stack()),
		"environment": pulumi.String(ctx.Stack()),
	}
	tables := make([]pulumi.StringInput, len(existing.RouteTableIDs))
	for i, id := range existing.RouteTableIDs {
		tables[i] = pulumi.String(id)
	}

	claim, err := canalftp.NewSoracomClaim(ctx, name+"-soracom", &canalftp.SoracomClaimArgs{
		Coverage: pulumi.String("jp"),
		Prefix:   pulumi.String(owner),
	})
	if err != nil {
		return err
	}
	vpg, err := canalftp.NewVirtualPrivateGateway(ctx, name+"-vpg", &canalftp.VirtualPrivateGatewayArgs{
		Coverage: pulumi.String("jp"),
		Region:   pulumi.String(region),
		Owner:    claim.Owner,
		Tags:     tags,
	})
	if err != nil {
		return err
	}
	canal, err := canalftp.NewCanal(ctx, name+"-canal", &canalftp.CanalArgs{
		Vpg:     vpg.Connection,
		VpcId:   pulumi.String(existing.VpcID),
		VpcCidr: pulumi.String(existing.Cidr),
		// Each route table once, for any number of servers: it needs one route to the devices.
		RouteTableIds: tables,
		Tags:          tags,
	})
	if err != nil {
		return err
	}

	// One server with its own files, users and security group.
	serverFor := func(devices string) (*canalftp.FtpServer, error) {
		prefix := fmt.Sprintf("%s-%s", name, devices)
		network, err := canalftp.NewEndpointNetwork(ctx, prefix+"-network", &canalftp.EndpointNetworkArgs{
			Existing: &canalftp.ExistingVpcArgs{
				VpcId:         pulumi.String(existing.VpcID),
				Cidr:          pulumi.String(existing.Cidr),
				SubnetIds:     pulumi.ToStringArray(existing.SubnetIDs),
				RouteTableIds: tables,
			},
			AllowedCidr: vpg.Cidr,
			Tags:        tags,
		})
		if err != nil {
			return nil, err
		}
		files, err := canalftp.NewFileStore(ctx, prefix+"-files", &canalftp.FileStoreArgs{Tags: tags})
		if err != nil {
			return nil, err
		}
		identity, err := canalftp.NewIdentityProvider(ctx, prefix+"-identity", &canalftp.IdentityProviderArgs{
			Grants: canalftp.LoginGrantsArgs{
				RoleArn:   files.RoleArn,
				Bucket:    files.BucketName,
				BucketArn: files.BucketArn,
			},
			AllowedCidr: vpg.Cidr,
			Users: []canalftp.InitialUserArgs{{
				Name:     devices,
				Password: own.RequireSecret(devices + "Password"),
			}},
			Tags: tags,
		})
		if err != nil {
			return nil, err
		}
		return canalftp.NewFtpServer(ctx, prefix+"-ftp", &canalftp.FtpServerArgs{
			VpcId:           network.VpcId,
			SubnetIds:       network.SubnetIds,
			SecurityGroupId: network.SecurityGroupId,
			Identity:        identity.Connection,
			Tags:            tags,
		})
	}

	addresses := pulumi.Map{}
	for _, devices := range []string{"cameras", "loggers"} {
		server, err := serverFor(devices)
		if err != nil {
			return err
		}
		addresses[devices] = server.PrivateIps
	}

	// SIMs join when the peering is active, and leave before it is deleted.
	sims, err := canalftp.NewSimGroup(ctx, name+"-sims", &canalftp.SimGroupArgs{
		Vpg:  vpg.Connection,
		Tags: tags,
	}, pulumi.DependsOn([]pulumi.Resource{canal}))
	if err != nil {
		return err
	}

	// The addresses to enter on devices, by kind of device.
	ctx.Export("addresses", addresses)
	// Attach SIMs to it in SORACOM's console, or through its API.
	ctx.Export("simGroupId", sims.GroupId)
	return nil
}
